/** Ask whether somebody is still there, while the time that is left runs out; what was said is covered. */
import { element } from "../dom.js";
import { text } from "../wording.js";
import { action, cover, hide, show } from "./controls.js";

const SAID_AT = new Set([30, 20, 10, 5]); // seconds left: often enough to hear, not too often to act

export class IdleNotice {
  #count = element("p", { class: "countdown", "aria-hidden": "true" });
  #said = element("p", { class: "spoken", role: "alert" });
  #back;
  #dialog;

  /** `on.back()` hears that somebody is there, `on.end()` that they are done. */
  constructor(on) {
    this.#back = action("done", text("kiosk.idle_back"), () => on.back(), "primary huge");
    this.#dialog = cover(
      "idle",
      text("kiosk.idle_heading"),
      () => on.back(),
      element("h2", {}, text("kiosk.idle_heading")),
      this.#count,
      this.#said,
      element("p", { class: "sentence" }, text("kiosk.idle_why")),
      element("div", { class: "ends" }, this.#back, action("leave", text("kiosk.end"), () => on.end())),
    );
    this.#dialog.setAttribute("role", "alertdialog");
  }

  /** Show how many seconds are left. */
  show(seconds) {
    this.#count.textContent = seconds;
    if (!this.#dialog.open || SAID_AT.has(seconds)) this.#said.textContent = text("kiosk.idle_left", { seconds });
    if (this.#dialog.open) return;
    show(this.#dialog);
    this.#back.focus();
  }

  hide() {
    if (this.#dialog.open) hide(this.#dialog);
  }
}
