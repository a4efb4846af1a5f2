/** How follow-ups are named: levels, days. */
import { element } from "../dom.js";
import { text } from "../texts.js";

/** Return a level as a mark; the lower, the louder. */
export function levelPill(level, label) {
  return element("span", { class: `mark level-${level}` }, label);
}

/** Return by when a follow-up is due, or how it ended. */
export function dueWords({ standing, outcome, due_on: due, days_left: left }) {
  if (standing === "done") return text(`follow_ups.outcome_${outcome}`);
  if (standing === "overdue") return left < 0 ? text("follow_ups.late_days", { days: -left }) : text("follow_ups.late");
  return text(left === 0 ? "follow_ups.due_today" : "follow_ups.due_in", { days: left, date: day(due) });
}

/** Return an ISO day as people say it. */
export function day(iso) {
  const [, month, date] = iso.split("-").map(Number);
  return text("follow_ups.day", { month, date });
}
