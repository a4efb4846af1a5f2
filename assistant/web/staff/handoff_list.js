/** A list of conversations; a row is changed in place, so that focus and selection stay. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
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
    this.list = element("ul", { class: "card-list" });
    this.empty = element("p", { class: "empty" }, text(`staff.${name}_empty`));
    this.heading = element("h2", { tabindex: "-1" }, text(`staff.${name}`), this.count);
    this.node = element(
      "section",
      { class: name },
      this.heading,
      this.empty,
      this.list,
    );
  }

  /** The handoffs, in the order shown. */
  get handoffs() {
    return [...this.#rows.values()].map(({ handoff }) => handoff);
  }

  /** Show the handoffs, in the server's order. */
  show(handoffs) {
    const before = this.#rows;
    this.#rows = new Map(
      handoffs.map((handoff) => [handoff.handoff_id, before.get(handoff.handoff_id) ?? this.#made(handoff)]),
    );
    for (const [id, row] of before) if (!this.#rows.has(id)) this.#drop(row.node);
    handoffs.forEach((handoff, place) => {
      const row = this.#rows.get(handoff.handoff_id);
      row.handoff = handoff;
      row.time.textContent = text(`staff.${this.waited}`, { time: duration(handoff.since, Date.now()) });
      this.update(row, handoff);
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

  /** Move the focus to a handoff's row; return whether it is here. */
  focus(id) {
    this.#rows.get(id)?.button.focus();
    return this.#rows.has(id);
  }

  /** Fill in a row: its `button`, which opens the handoff, and its `node`. */
  build(row) {
    row.summary = element("span", { class: "summary" });
    row.unread = element("span", { class: "badge unread" });
    row.marks = element("span", { class: "marks" });
    row.button = element(
      "button",
      { type: "button", onclick: () => this.open(row.handoff) },
      row.summary,
      row.unread,
      row.marks,
      row.time,
    );
    row.node = element("li", {}, row.button);
  }

  /** Show in a row what may have changed. */
  update(row, handoff) {
    row.summary.textContent = handoff.summary || handoff.reason_label;
    const unread = handoff.state === "with_person" ? handoff.unread : 0;
    row.unread.textContent = unread ? text("staff.unread", { count: unread }) : "";
    row.node.classList.toggle("news", unread > 0);
    row.marks.replaceChildren(...marks(handoff));
  }

  #made(handoff) {
    const row = { handoff };
    row.time = element("span", { class: "time" });
    this.build(row, handoff);
    this.#mark(row, handoff.handoff_id === this.#current);
    return row;
  }

  /** Take a row away; the focus, if it is there, goes to the next or the one before, or to the heading. */
  #drop(node) {
    const beside = node.nextElementSibling ?? node.previousElementSibling;
    const focused = node.contains(document.activeElement);
    node.remove();
    if (focused) (beside?.querySelector("button") ?? this.heading).focus();
  }

  #mark(row, current) {
    if (current) row.button.setAttribute("aria-current", "true");
    else row.button.removeAttribute("aria-current");
  }
}

/** Return the marks of a row: how urgent, whom it is kept for, whether it was taken from the reader, why it came. */
function marks({ urgency, meant, unanswered, reason_label: reason }) {
  return [
    urgency === 2 && element("span", { class: "mark urgent" }, icon("alert"), text("staff.urgent")),
    urgency === 1 && element("span", { class: "mark notice" }, text("staff.pressing")),
    meant?.mine && element("span", { class: "mark own" }, text("staff.meant_for_me", meant)),
    meant && !meant.mine && element("span", { class: "mark" }, text("staff.meant_for", meant)),
    unanswered && element("span", { class: "mark notice" }, text("staff.unanswered")),
    element("span", { class: "reason" }, reason),
  ].filter(Boolean);
}
