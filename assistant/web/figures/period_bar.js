/** Choose the period: four that are asked for daily, and one of any two dates. */
import { element } from "../dom.js";
import { text } from "../texts.js";

const NAMED = ["today", "yesterday", "week", "month", "custom"];

export class PeriodBar {
  #name = "week";

  /** `changed()` hears of each choice. */
  constructor(changed) {
    this.changed = changed;
    this.chips = NAMED.map((name) =>
      element(
        "button",
        { class: "chip", type: "button", "aria-pressed": String(name === this.#name), onclick: () => this.#choose(name) },
        text(`figures.${name}`),
      ),
    );
    this.first = dateField("figures.first");
    this.last = dateField("figures.last");
    this.dates = element(
      "form",
      { class: "dates", hidden: true, onsubmit: (event) => this.#submit(event) },
      this.first.label,
      this.last.label,
      element("button", { class: "button primary", type: "submit" }, text("figures.show")),
    );
    this.node = element(
      "div",
      { class: "period-bar" },
      element("div", { class: "chips", role: "group", "aria-label": text("figures.period") }, this.chips),
      this.dates,
    );
  }

  /** The chosen period, as the server is asked for it. */
  get chosen() {
    const dates = this.#name === "custom" ? { first: this.first.input.value, last: this.last.input.value } : {};
    return { period: this.#name, ...dates };
  }

  #choose(name) {
    this.chips.forEach((chip, place) => chip.setAttribute("aria-pressed", String(NAMED[place] === name)));
    this.dates.hidden = name !== "custom";
    if (name === "custom") {
      this.first.input.focus();
      return;
    }
    this.#name = name;
    this.changed();
  }

  #submit(event) {
    event.preventDefault();
    this.#name = "custom";
    this.changed();
  }
}

function dateField(key) {
  const input = element("input", { type: "date", required: true });
  return { input, label: element("label", {}, text(key), input) };
}
