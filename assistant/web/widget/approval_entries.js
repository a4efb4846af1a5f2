/** Answers that a member of staff checks first: what the log shows of them. */
import { element, spoken } from "../dom.js";
import { icon } from "../icons.js";
import { prose } from "../prose.js";
import { text } from "../wording.js";
import { assistantEntry, choiceButtons, replyEntry } from "./entries.js";

/** Return an approved answer under the question that it answers. */
export function approvedEntry(answer, actions) {
  const entry = replyEntry(answer, actions);
  entry.querySelector(".bubble").prepend(
    quoted(answer.question),
    element("p", { class: "checked" }, icon("person"), text(answer.edited ? "approval.edited" : "approval.checked")),
  );
  return entry;
}

/** Return the word that an answer does not come, and what may be done instead. */
export function withdrawnEntry({ text: words, choices }, actions) {
  return assistantEntry({}, prose(words), choices.length > 0 && choiceButtons(choices.map(({ label }) => label), actions));
}

function quoted(question) {
  return element("blockquote", { class: "quoted" }, spoken(text("approval.question")), question);
}
