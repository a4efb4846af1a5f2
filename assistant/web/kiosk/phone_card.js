/** A code to go on with on one's phone: to be scanned, once, within a few minutes. */
import { element } from "../dom.js";
import { text } from "../wording.js";
import { action, cover, hide, show } from "./controls.js";

const TICK_MS = 1_000;

export class PhoneCard {
  #fetchCode;
  #ends = 0;
  #timer = null;
  #code = element("div", { class: "code" });
  #left = element("p", { class: "left", role: "timer" });
  #again;
  #dialog;

  /** `fetchCode()` returns {svg, expires_in_seconds}; `on.leave()` hears that it is not wanted any more, `on.again()` that a new one is. */
  constructor(fetchCode, on) {
    this.#fetchCode = fetchCode;
    this.#again = action("restart", text("kiosk.phone_again"), () => on.again(), "primary");
    this.#dialog = cover(
      "phone",
      text("kiosk.phone"),
      () => on.leave(),
      element("h2", {}, text("kiosk.phone_heading")),
      this.#code,
      this.#left,
      element("ol", { class: "steps" }, ["one", "two", "three"].map((step) => element("li", {}, text(`kiosk.phone_${step}`)))),
      element("div", { class: "ends" }, action("back", text("kiosk.back"), () => on.leave()), this.#again),
    );
  }

  /** Show a new code. Throws what the server says against it. */
  async open() {
    const { svg, expires_in_seconds: seconds } = await this.#fetchCode();
    const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    this.#code.replaceChildren(element("img", { src: source, alt: text("kiosk.phone_code") }));
    this.#ends = performance.now() + seconds * 1000;
    this.#again.hidden = true;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#tick();
    show(this.#dialog);
  }

  close() {
    clearInterval(this.#timer);
    if (this.#dialog.open) hide(this.#dialog);
  }

  #tick() {
    const seconds = Math.max(0, Math.ceil((this.#ends - performance.now()) / 1000));
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.#left.textContent = seconds > 0 ? text("kiosk.phone_left", { time }) : text("kiosk.phone_over");
    if (seconds > 0) return;
    clearInterval(this.#timer);
    this.#code.replaceChildren();
    this.#again.hidden = false;
  }
}
