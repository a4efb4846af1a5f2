/** A list of conversations, kept in step with the server without losing the focus. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { duration } from "../time.js";

export class HandoffList {
  #rows = new Map();
  #current = null;

  /** `name` and `waited` name the texts; `open(handoff)` hears the one chosen. */
  constructor(name, waited, open) {
    this.waited = waited;
    this.open = open;
    this.count = element("span", { class: "count" }, "0");
    this.list = element("ul");
    this.empty = element("p", { class: "empty" }, text(`staff.${name}_empty`));
    this.node = element(
      "section",
      { class: name },
      element("h2", {}, text(`staff.${name}`), this.count),
      this.empty,
      this.list,
    );
  }

  /** Show the handoffs, in the server's order. */
  show(handoffs) {
    const ids = new Set(handoffs.map(({ handoff_id: id }) => id));
    for (const [id, row] of this.#rows) {
      if (ids.has(id)) continue;
      row.node.remove();
      this.#rows.delete(id);
    }
    handoffs.forEach((handoff, place) => {
      const row = this.#rows.get(handoff.handoff_id) ?? this.#add(handoff);
      row.handoff = handoff;
      row.time.textContent = text(`staff.${this.waited}`, { time: duration(handoff.since, Date.now()) });
      if (this.list.children[place] !== row.node) this.list.insertBefore(row.node, this.list.children[place] ?? null);
    });
    this.count.textContent = String(handoffs.length);
    this.node.classList.toggle("any", handoffs.length > 0);
    this.empty.hidden = handoffs.length > 0;
  }

  /** The handoff that is open, by id; null for none. */
  set current(id) {
    this.#current = id;
    for (const [key, row] of this.#rows) this.#mark(row, key === id);
  }

  /** Move the focus to a handoff's row, if it is here. */
  focus(id) {
    this.#rows.get(id)?.button.focus();
  }

  /** Fill in a row: its `button`, which opens the handoff, and its `node`. */
  build(row, handoff) {
    row.button = element(
      "button",
      { type: "button", onclick: () => this.open(row.handoff) },
      element("span", { class: "summary" }, handoff.summary || handoff.reason_label),
      element("span", { class: "reason" }, handoff.reason_label),
      row.time,
    );
    row.node = element("li", {}, row.button);
  }

  #add(handoff) {
    const row = { handoff };
    row.time = element("span", { class: "time" });
    this.build(row, handoff);
    this.#rows.set(handoff.handoff_id, row);
    this.#mark(row, handoff.handoff_id === this.#current);
    return row;
  }

  #mark(row, current) {
    if (current) row.button.setAttribute("aria-current", "true");
    else row.button.removeAttribute("aria-current");
  }
}
