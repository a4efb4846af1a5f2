/** The conversations whose clerk is signed in no longer; there is nothing to see while there are none. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { HandoffList } from "./handoff_list.js";

export class UnattendedList extends HandoffList {
  /** `requeue(handoff)` hears the one to be put back in the queue. */
  constructor(requeue) {
    super("others", "since", requeue);
  }

  show(handoffs) {
    super.show(handoffs);
    this.node.hidden = handoffs.length === 0;
  }

  /** Fill in a row: it is not opened, it is put back. */
  build(row, { summary, reason_label: reason }) {
    row.button = element(
      "button",
      { class: "button", type: "button", onclick: () => this.open(row.handoff) },
      text("staff.requeue"),
    );
    row.node = element(
      "li",
      {},
      element(
        "article",
        {},
        element("span", { class: "summary" }, summary || reason),
        element("span", { class: "reason" }, reason),
        row.time,
        row.button,
      ),
    );
  }

  /** Nothing of a row changes. */
  update() {}
}
