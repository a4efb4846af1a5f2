/** Where a member of staff writes; what was not sent stays. */
import { element } from "../dom.js";
import { text } from "../texts.js";

export class ReplyBox {
  #draftId = null;

  /** `send(words, draftId)` resolves to whether the words were sent; `draftId` names the draft they were made of. */
  constructor(send) {
    this.send = send;
    this.input = element("textarea", {
      rows: "2",
      "aria-label": text("staff.reply_label"),
      placeholder: text("staff.reply_placeholder"),
      onkeydown: (event) => this.#key(event),
    });
    this.button = element("button", { class: "button primary", type: "submit" }, text("staff.reply_send"));
    this.node = element(
      "form",
      { class: "reply", onsubmit: (event) => this.#submit(event) },
      this.input,
      element("div", {}, element("p", { class: "hint" }, text("staff.reply_hint")), this.button),
    );
  }

  clear() {
    this.input.value = "";
    this.#draftId = null;
  }

  /** Put a draft into the box, below what stands there, and remember it until the words are sent. */
  insert(words, draftId) {
    const before = this.input.value.trimEnd();
    this.input.value = before ? `${before}\n${words}` : words;
    this.#draftId = draftId;
    this.input.focus();
  }

  focus() {
    this.input.focus();
  }

  async #submit(event) {
    event.preventDefault();
    const words = this.input.value.trim();
    if (!words || this.button.disabled) return;
    this.button.disabled = true;
    const sent = await this.send(words, this.#draftId);
    if (sent && this.input.value.trim() === words) this.clear();
    this.button.disabled = false;
  }

  #key(event) {
    const composing = event.isComposing || event.keyCode === 229; // an input method takes this Enter
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.node.requestSubmit();
  }
}
