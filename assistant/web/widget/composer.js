/** Where the citizen writes. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";

const COUNT_FROM = 0.8; // of the limit: shorter messages need no counter
const TALLEST_PX = 160;

export class Composer {
  /** called with what the citizen says */
  onSay = () => undefined;
  /** called whenever something is written that is not sent yet */
  onTyping = () => undefined;
  #limit = Infinity;
  #ready = false;

  constructor() {
    this.input = element("textarea", {
      rows: "1",
      "aria-label": text("composer.label"),
      placeholder: text("composer.placeholder"),
      autocomplete: "off",
      enterkeyhint: "send",
      oninput: () => {
        this.#changed();
        if (this.input.value.trim()) this.onTyping();
      },
      onkeydown: (event) => this.#key(event),
    });
    this.button = element(
      "button",
      { class: "send", type: "submit", "aria-label": text("composer.send"), disabled: true },
      icon("send"),
    );
    this.count = element("p", { class: "count", id: "count", role: "status" });
    this.hint = element("p", { class: "hint" }, text("composer.hint"));
    this.input.setAttribute("aria-describedby", "count");
    this.node = element(
      "form",
      { class: "composer", onsubmit: (event) => this.#submit(event) },
      element("div", { class: "field" }, this.input, this.button),
      element("div", { class: "below" }, this.hint, this.count),
    );
  }

  /** The most characters the server takes in one message. */
  set limit(limit) {
    this.#limit = limit;
    this.#changed();
  }

  /** Whether anything can be sent; one may write before. */
  set ready(ready) {
    this.#ready = ready;
    this.#changed();
  }

  /** Whether a person reads what is written. */
  set toStaff(toStaff) {
    this.input.placeholder = text(toStaff ? "composer.placeholder_staff" : "composer.placeholder");
  }

  /** Begin a message for the citizen to finish. */
  prefill(words) {
    this.input.value = words;
    this.#changed();
    this.focus();
  }

  focus() {
    this.input.focus();
  }

  #submit(event) {
    event.preventDefault();
    const words = this.input.value.trim();
    if (this.button.disabled || !words) return;
    this.input.value = "";
    this.#changed();
    this.onSay(words);
  }

  #key(event) {
    const composing = event.isComposing || event.keyCode === 229; // an input method takes this Enter
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.node.requestSubmit();
  }

  #changed() {
    const count = [...this.input.value.trim()].length;
    const over = count - this.#limit;
    this.button.disabled = !this.#ready || count === 0 || over > 0;
    this.node.classList.toggle("over", over > 0);
    this.input.setAttribute("aria-invalid", String(over > 0));
    if (over > 0) this.count.textContent = text("composer.over", { over });
    else if (count >= COUNT_FROM * this.#limit) {
      this.count.textContent = text("composer.count", { count, limit: this.#limit });
    } else this.count.textContent = "";
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST_PX)}px`;
  }
}
