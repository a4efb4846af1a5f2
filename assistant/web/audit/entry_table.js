/** The entries as a table. Where numbers are left out though nothing is filtered, the gap itself is a row. */
import { element, spoken } from "../dom.js";
import { text } from "../texts.js";
import { moment } from "./moments.js";

const COLUMNS = ["seq", "at", "who", "action", "subject", "details"];

export class EntryTable {
  #rows = new Map();
  #whole = false;

  /** `narrow(subject)` shows only the entries of a subject. */
  constructor(narrow) {
    this.narrow = narrow;
    this.body = element("tbody");
    this.node = element(
      "table",
      { class: "panel data entries" },
      element("caption", { class: "spoken" }, text("audit.caption")),
      element("thead", {}, element("tr", {}, COLUMNS.map((name) => element("th", { scope: "col" }, text(`audit.column_${name}`))))),
      this.body,
    );
  }

  /** How many entries are shown. */
  get length() {
    return this.#rows.size;
  }

  /** The number of the oldest entry that is shown. */
  get last() {
    return [...this.#rows.keys()].at(-1);
  }

  /** Show entries, newest first; `whole` says that none between them is filtered out. */
  show(entries, whole) {
    this.#rows.clear();
    this.#whole = whole;
    this.body.replaceChildren();
    this.add(entries);
  }

  /** Show older entries below; return the row of the first of them. */
  add(entries) {
    for (const entry of entries) {
      const newer = this.last;
      if (this.#whole && newer - entry.seq > 1) this.body.append(gap(entry.seq + 1, newer - 1));
      const row = this.#row(entry);
      this.#rows.set(entry.seq, row);
      this.body.append(row);
    }
    return this.#rows.get(entries[0]?.seq);
  }

  /** Move the focus to an entry, or to the next older one. */
  focus(seq) {
    const [, row] = [...this.#rows].find(([own]) => own <= seq) ?? [...this.#rows].at(-1) ?? [];
    row?.focus();
  }

  #row(entry) {
    const { seq, at, who, action, subject, details, genuine } = entry;
    return element(
      "tr",
      { tabindex: "-1", class: genuine ? null : "edited", dataset: { group: action.group } },
      element("td", { class: "seq" }, String(seq)),
      element("td", { class: "at" }, element("time", { datetime: at }, moment(at))),
      element("td", {}, element("b", {}, who.name), who.name !== who.account && element("small", {}, who.account)),
      element("td", {}, element("span", { class: "deed" }, action.label), !genuine && element("strong", { class: "mark urgent" }, text("audit.edited"))),
      element("td", {}, subject && this.#subject(subject)),
      element("td", { class: "details" }, details.length ? particulars(details) : spoken(text("audit.no_details"))),
    );
  }

  #subject({ value, kind, name }) {
    const words = text("audit.only_this", { kind, name });
    return [
      element("small", {}, kind),
      element("button", { class: "link", type: "button", title: words, "aria-label": words, onclick: () => this.narrow(value) }, name),
    ];
  }
}

function particulars(details) {
  return element(
    "dl",
    {},
    details.map(({ label, value }) => element("div", {}, element("dt", {}, label), element("dd", {}, value))),
  );
}

function gap(first, last) {
  const words = first === last ? text("audit.gap", { first }) : text("audit.gap_many", { first, last });
  return element("tr", { class: "gap" }, element("td", { colspan: String(COLUMNS.length) }, words));
}
