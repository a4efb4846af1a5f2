/** Where the citizen writes, and corrects what was heard before it counts. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../wording.js";
import { iconButton } from "./controls.js";

const COUNT_FROM = 0.8; // of the limit: shorter messages need no counter
const TALLEST_PX = 160;

export class Composer {
  #input;
  /** called with what the citizen says; when they want to speak; when they correct what is being heard */
  onSay = () => undefined;
  onSpeak = () => undefined;
  onCorrect = () => undefined;
  /** called whenever something is written that is not sent yet */
  onTyping = () => undefined;
  #limit = Infinity;
  #ready = false;
  /** what is being heard stands in the box and is not the citizen's writing yet */
  #live = false;
  #count = element("p", { class: "count", id: "count", role: "status" });
  #hint = element("p", { class: "hint", id: "hint" }, text("composer.hint"));
  #send = element(
    "button",
    { class: "send", type: "submit", "aria-label": text("composer.send"), title: text("composer.send"), disabled: true },
    icon("send"),
  );
  #speak = iconButton("microphone", "speech.open", () => this.onSpeak(), "icon-button");

  constructor() {
    this.#input = element("textarea", {
      rows: "1",
      "aria-label": text("composer.label"),
      "aria-describedby": "hint count",
      placeholder: text("composer.placeholder"),
      autocomplete: "off",
      enterkeyhint: "send",
      oninput: () => this.#edited(),
      onkeydown: (event) => this.#key(event),
    });
    this.#speak.hidden = true;
    this.node = element(
      "form",
      { class: "composer", part: "composer", onsubmit: (event) => this.#submit(event) },
      element("div", { class: "field" }, this.#input, this.#speak, this.#send),
      element("div", { class: "below" }, this.#hint, this.#count),
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

  /** Whether one may speak as well. */
  set speaks(speaks) {
    this.#speak.hidden = !speaks;
  }

  /** Whether a person reads what is written. */
  set toStaff(toStaff) {
    this.#input.placeholder = text(toStaff ? "composer.placeholder_staff" : "composer.placeholder");
  }

  /** What is written, and not sent yet. */
  get words() {
    return this.#input.value;
  }

  set words(words) {
    this.#input.value = words;
    this.#changed();
  }

  /** Show what is being heard, in place of what was heard of it before; the citizen's own writing stays. */
  hear(words) {
    if (!this.#live && this.#input.value) return;
    this.#live = true;
    this.#input.value = words;
    this.#changed();
  }

  /** Take what was heard off again: it has been sent, or was nothing. */
  unhear() {
    if (this.#live) this.#input.value = "";
    this.#live = false;
    this.#changed();
  }

  /** Leave what was heard to be looked at and sent, after what the citizen has written. */
  review(words) {
    const written = this.#live ? "" : this.#input.value;
    this.#live = false;
    this.words = written + words;
    this.#count.textContent = text("speech.check");
  }

  focus() {
    this.#input.focus();
  }

  #submit(event) {
    event.preventDefault();
    const words = this.#input.value.trim();
    if (this.#send.disabled || !words) return;
    if (this.#live) this.onCorrect();
    this.#live = false;
    this.#input.value = "";
    this.#changed();
    this.onSay(words);
  }

  #key(event) {
    const composing = event.isComposing || event.keyCode === 229; // an input method takes this Enter
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.node.requestSubmit();
  }

  #edited() {
    if (this.#live) this.onCorrect();
    this.#live = false;
    this.#changed();
    if (this.#input.value.trim()) this.onTyping();
  }

  #changed() {
    const count = [...this.#input.value.trim()].length;
    const over = count - this.#limit;
    this.#send.disabled = !this.#ready || count === 0 || over > 0;
    this.node.classList.toggle("over", over > 0);
    this.node.classList.toggle("live", this.#live);
    this.#input.setAttribute("aria-invalid", String(over > 0));
    if (over > 0) this.#count.textContent = text("composer.over", { over });
    else if (count >= COUNT_FROM * this.#limit) {
      this.#count.textContent = text("composer.count", { count, limit: this.#limit });
    } else this.#count.textContent = "";
    this.#input.style.height = "auto";
    this.#input.style.height = `${Math.min(this.#input.scrollHeight, TALLEST_PX)}px`;
  }
}
