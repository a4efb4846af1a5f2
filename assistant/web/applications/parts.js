/** Small parts of the page of applications. */
import { element } from "../dom.js";
import { text } from "../texts.js";

export function button(key, act, kind = "") {
  return element("button", { class: `button ${kind}`.trim(), type: "button", onclick: act }, text(key));
}

/** Return the state of an application as a mark. */
export function stateMark({ state, state_label: label }) {
  return element("span", { class: `mark ${state}` }, label);
}

/** Return how long there is until the day by which something must be done, as a mark; null where no day is set. */
export function dueMark(due) {
  return due && element("span", { class: `mark due ${due.lateness}` }, left(due));
}

/** Return the working days that are left, in words. */
export function left({ lateness, days_left: days }) {
  if (lateness === "overdue") return days < 0 ? text("office.overdue_by", { count: -days }) : text("office.overdue");
  return days === 0 ? text("office.due_today") : text("office.days_left", { count: days });
}

const DAY = { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric" };
const MOMENT = { ...DAY, hour: "2-digit", minute: "2-digit", hour12: false };

/** Return an ISO moment as it is written in Beijing. */
export function when(at) {
  return new Date(at).toLocaleString("zh-CN", MOMENT);
}

/** Return an ISO date with its weekday. */
export function day(date) {
  return new Date(`${date}T12:00:00+08:00`).toLocaleDateString("zh-CN", { ...DAY, month: "long", weekday: "short" });
}

/** Return a section under a heading. */
export function section(key, ...content) {
  return element("section", { class: "panel" }, element("h3", {}, text(key)), ...content);
}
