/** The button to talk: held by finger, mouse or key; a tap, or a screen reader's click, lasts until the next one. */
import { element } from "../kit.js";

const TAP_MS = 350; // a shorter press begins what the next one ends: not everybody can hold a button
const KEYS = new Set([" ", "Enter"]);

export class TalkButton {
  #handlers;
  node = element("button", { class: "talk", type: "button", part: "talk" });
  /** whether a tap began what the next one ends */
  latched = false;
  #pressedAt = null;

  /** `onPress()` and `onRelease()` tell when one may talk; `onChange()` that the button is to be labelled anew. */
  constructor({ onPress, onRelease, onChange }) {
    this.#handlers = { onPress, onRelease, onChange };
    const { node } = this;
    const on = (type, handle) => node.addEventListener(type, handle);
    on("pointerdown", ({ pointerId }) => {
      node.setPointerCapture(pointerId);
      this.#press();
    });
    for (const type of ["pointerup", "pointercancel", "blur"]) on(type, () => this.#let());
    on("contextmenu", (event) => event.preventDefault()); // a long press on a phone
    on("keydown", (event) => {
      if (!KEYS.has(event.key)) return;
      event.preventDefault();
      if (!event.repeat) this.#press();
    });
    on("keyup", (event) => {
      if (!KEYS.has(event.key)) return;
      event.preventDefault();
      this.#let();
    });
    on("click", ({ detail }) => {
      if (detail !== 0) return; // a pointer was heard already
      this.#press();
      this.#let();
    });
  }

  get isHeld() {
    return this.latched || this.#pressedAt !== null;
  }

  /** Let go of it, whoever holds it. */
  release() {
    const held = this.isHeld;
    this.#pressedAt = null;
    this.latched = false;
    if (held) this.#handlers.onRelease();
    this.#handlers.onChange();
  }

  #press() {
    if (this.latched) {
      this.release();
      return;
    }
    this.#pressedAt = performance.now();
    this.#handlers.onPress();
    this.#handlers.onChange();
  }

  #let() {
    if (this.#pressedAt === null) return;
    this.latched = performance.now() - this.#pressedAt < TAP_MS;
    this.#pressedAt = null;
    if (this.latched) this.#handlers.onChange();
    else {
      this.latched = true; // held until now
      this.release();
    }
  }
}
