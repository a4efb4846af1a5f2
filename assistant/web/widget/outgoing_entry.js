/** A citizen's message on its way: sent, failed with a way to try again, and at last as the server heard it. */
import { element, spoken } from "../dom.js";
import { prose } from "../prose.js";
import { text } from "../wording.js";
import { button } from "./controls.js";

const SECRET = "\u2022".repeat(6);

export class OutgoingEntry {
  #words;
  #state;
  #buttons;
  /** `retry()` and `discard()` are done at a button, which then goes; `leave()` takes the focus on. */
  constructor(message, { retry, discard, leave }) {
    const after = (act) => () => {
      leave();
      act();
    };
    this.#words = element("div", { class: "bubble" }, prose(message.secret ? SECRET : message.text));
    this.#state = element("p", { class: "delivery", role: "status" });
    this.#buttons = element(
      "div",
      { class: "delivery-buttons", hidden: true },
      button(text("message.retry"), after(retry)),
      button(text("message.discard"), after(discard)),
    );
    this.node = element(
      "article",
      { class: "entry citizen" },
      spoken(text("speaker.citizen")),
      this.#words,
      this.#state,
      this.#buttons,
    );
  }

  /** Show the message's state. */
  update({ state, reason }) {
    if (state === "discarded") {
      this.node.remove();
      return;
    }
    const failed = state === "failed";
    this.node.classList.toggle("failed", failed);
    this.#buttons.hidden = !failed;
    this.#state.textContent = failed ? text(`message.${reason}`) : "";
  }

  /** Show the message as it was heard. */
  heard(words) {
    this.node.classList.remove("failed");
    this.#state.remove();
    this.#buttons.remove();
    this.#words.replaceChildren(prose(words));
  }
}
