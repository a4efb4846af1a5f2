/** Answers that a member of staff has checked: under the question that they answer. */
import { element, icon, spoken, text } from "../kit.js";

/** Show in an entry that its answer was checked, and which question it answers. */
export function markChecked(entry, { question, edited }) {
  entry.querySelector(".bubble").prepend(
    element("blockquote", { class: "quoted" }, spoken(text("approval.question")), question),
    element("p", { class: "checked" }, icon("person"), text(edited ? "approval.edited" : "approval.checked")),
  );
}
