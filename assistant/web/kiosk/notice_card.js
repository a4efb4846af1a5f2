/** A sentence over the screen: what came of a call, of a card, of going on with a phone. */
import { element } from "../dom.js";
import { text } from "../wording.js";
import { action, cover, hide, show } from "./controls.js";
import { pictured } from "./icons.js";

export class NoticeCard {
  #dialog = null;

  /** Show a sentence with an icon, until it is put away or another one comes; `act()` is done then. */
  show(name, words, { sign = "done", label = text("kiosk.understood"), act = () => undefined } = {}) {
    this.close();
    const leave = () => {
      this.close();
      act();
    };
    this.#dialog = cover(
      "notice",
      words,
      leave,
      element("p", { class: "sign" }, pictured(name)),
      element("p", { class: "sentence", role: "status" }, words),
      element("div", { class: "ends" }, action(sign, label, leave, "primary")),
    );
    show(this.#dialog);
  }

  close() {
    if (this.#dialog?.open) hide(this.#dialog);
    this.#dialog = null;
  }
}
