/** What staff changed of one field of a guide: how often, the sentences before and after, and what can be done. */
import { element, spoken } from "../dom.js";
import { text } from "../texts.js";
import { button, when } from "./parts.js";

export class ChangeCard {
  /** `decide(change, state)` and `propose(change, edit)` hear what the editor wants. */
  constructor(change, canWrite, decide, propose) {
    this.node = element(
      "article",
      { class: "panel card gap change" },
      element(
        "header",
        {},
        element("h3", {}, text("editor.change_heading", { title: change.title })),
        element("span", { class: "tally" }, element("b", {}, change.edited + change.rejected), text("editor.times")),
      ),
      element(
        "p",
        { class: "facts" },
        text("editor.gap_facts", { conversations: change.conversations, first: when(change.first), last: when(change.last) }),
        element("span", { class: "why" }, text("editor.change_edited", { count: change.edited })),
        element("span", { class: "why" }, text("editor.change_rejected", { count: change.rejected })),
      ),
      element("div", { class: "diff" }, change.edits.map((edit) => proposal(edit, canWrite && (() => propose(change, edit))))),
      canWrite &&
        element(
          "footer",
          { class: "deeds" },
          element("a", { class: "button", href: `#item/${change.item_id}` }, text("editor.change_guide")),
          change.state === "open"
            ? [
                button("editor.gap_settle", () => decide(change, "settled")),
                button("editor.gap_dismiss", () => decide(change, "dismissed")),
              ]
            : button("editor.gap_reopen", () => decide(change, "open")),
        ),
    );
  }
}

function proposal({ before, after, count }, propose) {
  return element(
    "section",
    {},
    element("h4", {}, text("editor.change_times", { count })),
    element("ul", {}, before && line("removed", "-", "del", before), after && line("added", "+", "ins", after)),
    propose && element("p", { class: "deed" }, button("editor.change_propose", propose, "primary")),
  );
}

function line(kind, sign, tag, words) {
  return element(
    "li",
    { class: kind },
    spoken(text(`editor.diff_${kind}`)),
    element("span", { class: "sign", "aria-hidden": "true" }, sign),
    element(tag, {}, words),
  );
}
