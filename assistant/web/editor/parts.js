/** Small parts that several views share. */
import { element } from "../dom.js";
import { text } from "../texts.js";

export function button(key, act, kind = "") {
  return element("button", { class: `button ${kind}`.trim(), type: "button", onclick: act }, text(key));
}

export function link(key, address, kind = "") {
  return element("a", { class: `button ${kind}`.trim(), href: address }, text(key));
}

/** Return a mark of a state, such as "in_time". */
export function mark(state) {
  return element("span", { class: `mark ${state}` }, text(`editor.state_${state}`));
}

/** Return a notice above a form or a list; `kind` is "notice" or "urgent". */
export function banner(words, kind = "notice", ...deeds) {
  return element("div", { class: `banner ${kind}`, role: kind === "urgent" ? "alert" : "note" }, element("p", {}, words), ...deeds);
}

/** Return what stands where a list is fetched, empty, or could not be fetched. */
export function waiting() {
  return element("p", { class: "nothing-here waiting-note", role: "status" }, text("workplace.loading"));
}

export function nothing(key, moreKey) {
  return element("div", { class: "nothing-here" }, element("strong", {}, text(key)), element("p", {}, text(moreKey)));
}

export function couldNot(retry) {
  return element("div", { class: "nothing-here" }, element("strong", {}, text("editor.could_not")), button("editor.retry", retry));
}

const MOMENT = { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };

/** Return an ISO moment as people in Beijing write it, with the year unless it is this one; nothing for none. */
export function when(at) {
  if (!at) return "";
  const year = (moment) => new Date(moment).toLocaleString("en", { timeZone: MOMENT.timeZone, year: "numeric" });
  return new Date(at).toLocaleString("zh-CN", year(at) === year(Date.now()) ? MOMENT : { ...MOMENT, year: "numeric" });
}

/** Return from when until when a revision holds. */
export function period({ effective_from: from, effective_until: until }) {
  return text("editor.period", {
    from: from ? text("editor.from_moment", { at: when(from) }) : text("editor.from_approval"),
    until: until ? text("editor.until_moment", { at: when(until) }) : text("editor.no_end"),
  });
}
