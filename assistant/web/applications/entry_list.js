/** The list of a tab; rows keep their place and the focus while the list is fetched again. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { dueMark, stateMark, when } from "./parts.js";

export class EntryList {
  #rows = new Map();
  #current = null;

  /** `open(receipt)` hears which one is chosen, `more()` that the next lines are wanted. */
  constructor({ open, more }) {
    this.open = open;
    this.list = element("ul", { class: "card-list entries", "aria-label": text("office.list") });
    this.empty = element("p", { class: "nothing-here empty", hidden: true, role: "status" });
    this.more = element("button", { class: "button more", type: "button", hidden: true, onclick: more }, text("office.more"));
    this.node = element("div", { class: "listed" }, this.list, this.empty, this.more);
  }

  /** Show the entries; `nothing` is said where there are none. */
  show(entries, more, nothing) {
    const receipts = new Set(entries.map(({ receipt_number: receipt }) => receipt));
    for (const [receipt, row] of this.#rows) {
      if (receipts.has(receipt)) continue;
      this.#drop(row);
      this.#rows.delete(receipt);
    }
    entries.forEach((entry, place) => {
      const row = this.#row(entry);
      if (this.list.children[place] !== row) this.list.insertBefore(row, this.list.children[place] ?? null);
    });
    this.more.hidden = !more;
    this.empty.hidden = entries.length > 0;
    this.empty.textContent = nothing;
    this.#mark();
  }

  get length() {
    return this.#rows.size;
  }

  /** The application that is open, by its receipt number; null for none. */
  set current(receipt) {
    this.#current = receipt;
    this.#mark();
  }

  #row(entry) {
    const { receipt_number: receipt } = entry;
    let row = this.#rows.get(receipt);
    if (!row) {
      const link = element("button", { type: "button", onclick: () => this.open(receipt) });
      row = element("li", {}, link);
      this.#rows.set(receipt, row);
    }
    row.firstChild.replaceChildren(...content(entry));
    return row;
  }

  /** Take a row away; the focus, if it is there, goes to the next or the one before. */
  #drop(row) {
    const beside = row.nextElementSibling ?? row.previousElementSibling;
    const focused = row.contains(document.activeElement);
    row.remove();
    if (focused) beside?.firstChild.focus();
  }

  #mark() {
    for (const [receipt, row] of this.#rows) {
      if (receipt === this.#current) row.firstChild.setAttribute("aria-current", "true");
      else row.firstChild.removeAttribute("aria-current");
    }
  }
}

function content(entry) {
  const { handing, reminders, staff, waits_for: authority } = entry;
  const trouble = handing?.failing_since || handing?.state === "rejected";
  return [
    element("span", { class: "name" }, entry.item.name),
    element("span", { class: "marks" }, dueMark(entry.due) ?? stateMark(entry)),
    element("span", { class: "number" }, entry.receipt_number),
    element("span", { class: "since" }, text("office.since", { state: entry.state_label, at: when(entry.since) })),
    element(
      "span",
      { class: "notes" },
      authority && element("span", {}, text("office.waits_for", { authority })),
      staff && element("span", { class: "staff" }, text("office.with_staff", { name: staff })),
      !entry.by_staff && !handing && element("span", {}, text("office.automatic")),
      reminders > 0 && element("span", { class: "mark near" }, text("office.reminded", { count: reminders })),
      handing && element("span", { class: trouble ? "mark overdue" : "mark" }, handing.state_label),
    ),
  ];
}
