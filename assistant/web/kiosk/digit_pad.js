/** Large keys for a number that nobody around shall see or hear; what is behind them is covered. */
import { element } from "../dom.js";
import { CHINESE } from "../prose.js";
import { text } from "../wording.js";
import { action, cover, hide, show } from "./controls.js";
import { pictured } from "./icons.js";
import { NUMBERS, longest, withKey } from "./numbers.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "X", "0", "erase"];
const SEEN_MS = 1_200; // how long a digit that was just typed can be read
const LOOKED_AT_MS = 6_000;
const DOT = "\u25cf";

export class DigitPad {
  #on;
  #type = null;
  #value = "";
  #seen = null;
  #looks = false;
  #timer = null;
  #heading = element("h2", { id: "pad-heading" });
  #question = element("p", { class: "question", ...CHINESE });
  #cells = element("div", { class: "cells", "aria-hidden": "true" });
  #count = element("p", { class: "count", role: "status" });
  #doubt = element("p", { class: "doubt", role: "status" });
  #keys;
  #look;
  #done;
  #card;
  #dialog;

  /** `on.done(value)` hears a number, `on.card()` that a card is to be read instead, `on.leave()` that it is for later. */
  constructor(on, { hasCard }) {
    this.#on = on;
    this.#keys = KEYS.map((key) => this.#key(key));
    this.#look = action("eye", text("kiosk.pad_look"), () => this.#showAll(!this.#looks));
    this.#done = action("done", text("kiosk.pad_done"), () => this.#finish(), "primary");
    this.#card = hasCard ? action("card", text("kiosk.card"), () => this.#on.card()) : null;
    this.#dialog = cover(
      "pad",
      text("kiosk.pad"),
      () => this.#on.leave(),
      element("p", { class: "privacy" }, pictured("lock"), text("kiosk.pad_privacy")),
      this.#heading,
      this.#question,
      this.#cells,
      this.#count,
      this.#doubt,
      element("div", { class: "keys", role: "group", "aria-label": text("kiosk.pad_keys") }, this.#keys),
      element("div", { class: "tools" }, this.#look, this.#card, action("restart", text("kiosk.pad_clear"), () => this.#set(""))),
      element("div", { class: "ends" }, action("back", text("kiosk.pad_later"), () => this.#on.leave()), this.#done),
    );
    this.#dialog.addEventListener("keydown", (event) => this.#press(event));
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Ask for a number of a type, one of NUMBERS, with the assistant's own question. */
  open(type, question) {
    this.#type = type;
    this.#heading.textContent = text(`kiosk.number_${type}`);
    this.#question.textContent = question;
    for (const key of this.#keys) if (key.value === "X") key.classList.toggle("unused", !this.#kind.hasX);
    if (this.#card) this.#card.hidden = type !== "cn_id_number";
    this.#set("");
    show(this.#dialog);
    this.#keys[0].focus();
  }

  /** Forget what was typed. */
  close() {
    if (!this.isOpen) return;
    this.#set("");
    hide(this.#dialog);
  }

  get #kind() {
    return NUMBERS[this.#type];
  }

  #key(key) {
    const erases = key === "erase";
    const node = element(
      "button",
      { class: "key", type: "button", value: key, "aria-label": erases ? text("kiosk.pad_erase") : null },
      erases ? pictured("erase") : key,
    );
    node.addEventListener("click", () => (erases ? this.#erase() : this.#enter(key)));
    return node;
  }

  /** An attached keyboard types as well; Enter presses the key that has the focus, as anywhere. */
  #press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Backspace") this.#erase();
    else if (/^[\dxX]$/.test(event.key)) this.#enter(event.key);
    else return;
    event.preventDefault();
  }

  #enter(key) {
    const value = withKey(this.#value, key, this.#kind);
    if (value === this.#value) return;
    this.#set(value);
    this.#seen = value.length - 1;
    this.#draw();
    this.#timer = setTimeout(() => this.#hideAll(), SEEN_MS);
    if (value.length === longest(this.#kind)) this.#done.focus();
  }

  #erase() {
    this.#set(this.#value.slice(0, -1));
  }

  #showAll(looks) {
    this.#looks = looks;
    this.#seen = null;
    clearTimeout(this.#timer);
    if (looks) this.#timer = setTimeout(() => this.#hideAll(), LOOKED_AT_MS);
    this.#draw();
  }

  #hideAll() {
    this.#looks = false;
    this.#seen = null;
    this.#draw();
  }

  #set(value) {
    clearTimeout(this.#timer);
    this.#value = value;
    this.#hideAll();
  }

  /** Show the groups; only what may be seen just now stands in the page at all. */
  #draw() {
    const count = this.#value.length;
    let place = 0;
    this.#cells.replaceChildren(
      ...this.#kind.groups.map((size) =>
        element(
          "span",
          { class: "group" },
          Array.from({ length: size }, () => this.#cell(place++)),
        ),
      ),
    );
    const isFull = count >= this.#kind.least;
    this.#count.textContent = text("kiosk.pad_count", { count, total: longest(this.#kind) });
    this.#doubt.textContent = isFull && !this.#kind.fits(this.#value) ? text(`kiosk.doubt_${this.#type}`) : "";
    this.#done.disabled = !isFull;
    this.#look.setAttribute("aria-pressed", String(this.#looks));
  }

  #cell(place) {
    const isTyped = place < this.#value.length;
    const isSeen = this.#looks || place === this.#seen;
    const kind = isTyped ? "typed" : place === this.#value.length ? "next" : "free";
    const shown = isSeen ? "" : " dot";
    return element("span", { class: `cell ${kind}${shown}` }, isTyped ? (isSeen ? this.#value[place] : DOT) : "");
  }

  #finish() {
    const value = this.#value;
    this.close();
    this.#on.done(value);
  }
}
