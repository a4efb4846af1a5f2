/** How drafts are used, in all and by item. */
import { element } from "../dom.js";
import { text } from "../texts.js";

const PERIODS = [7, 30, 90];

export class ReportView {
  #days = 30;

  constructor(workplace, calls) {
    this.act = (deed) => workplace.act(deed);
    this.calls = calls;
    this.chips = PERIODS.map((days) =>
      element("button", { class: "chip", type: "button", onclick: () => this.#choose(days) }, text("drafts.days", { days })),
    );
    this.place = element("div", { class: "figures", "aria-live": "polite" });
    this.node = element(
      "section",
      { class: "page wide report" },
      element("h2", {}, text("drafts.report_heading")),
      element("p", { class: "lead" }, text("drafts.report_lead")),
      element("div", { class: "chips", role: "group", "aria-label": text("drafts.period") }, this.chips),
      this.place,
    );
  }

  open() {
    return this.#choose(this.#days);
  }

  async #choose(days) {
    this.#days = days;
    this.chips.forEach((chip, place) => chip.setAttribute("aria-pressed", String(PERIODS[place] === days)));
    const report = await this.act(() => this.calls.report(days));
    if (report && days === this.#days) this.place.replaceChildren(...(report.questions ? [totals(report), table(report)] : [empty()]));
  }
}

function empty() {
  return element("p", { class: "nothing-here" }, text("drafts.report_empty"));
}

function totals({ questions, undrafted, acceptance, drafts }) {
  const pairs = {
    "drafts.acceptance": percent(acceptance),
    "drafts.questions": questions,
    "drafts.undrafted": undrafted,
    "drafts.distance": characters(drafts.distance),
    "drafts.kept": percent(drafts.kept),
  };
  return element(
    "dl",
    { class: "totals tiles" },
    Object.entries(pairs).map(([key, value]) => element("div", { class: "tile" }, element("dt", {}, text(key)), element("dd", { class: "value" }, value))),
  );
}

function table({ items }) {
  const heads = ["item", "proposed", "column_sent", "column_edited", "column_rejected", "acceptance", "distance", "kept"];
  return element(
    "div",
    { class: "panel scrolling", tabindex: "0", role: "region", "aria-label": text("drafts.report_heading") },
    element(
      "table",
      { class: "data" },
      element("thead", {}, element("tr", {}, heads.map((name) => element("th", { scope: "col" }, text(`drafts.${name}`))))),
      element("tbody", {}, items.map(row)),
    ),
  );
}

function row({ name, proposed, sent, edited, rejected, distance, kept }) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    [proposed, sent, edited, rejected].map((count) => element("td", { class: "number" }, count)),
    element("td", {}, bar(proposed ? (sent + edited) / proposed : null)),
    element("td", { class: "number" }, characters(distance)),
    element("td", {}, bar(kept)),
  );
}

/** Return a share from 0 to 1 as a bar with its figure; a dash for none. */
function bar(share) {
  if (share === null) return text("drafts.nothing");
  return element("span", { class: "bar" }, element("meter", { min: "0", max: "1", value: String(share), "aria-hidden": "true" }), percent(share));
}

function percent(share) {
  return share === null ? text("drafts.nothing") : `${Math.round(share * 100)}%`;
}

function characters(count) {
  return count === null ? text("drafts.nothing") : text("drafts.characters", { count: Math.round(count) });
}
