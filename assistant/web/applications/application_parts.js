/** The parts of an open application. */
import { element } from "../dom.js";
import { prose } from "../prose.js";
import { text } from "../texts.js";
import { day, dueMark, when } from "./parts.js";

/** Return the form field by field; `unmask(field)` returns a value in clear, or null. */
export function fieldTable(fields, applicant, unmask) {
  const rows = fields.some(({ field }) => field === "applicant")
    ? fields
    : [{ field: "applicant", label: text("office.applicant"), value: applicant, masked: false }, ...fields];
  return element(
    "dl",
    { class: "fields" },
    rows.map(({ field, label, value, masked }) =>
      element(
        "div",
        { class: value ? null : "missing" },
        element("dt", {}, label),
        masked ? maskedValue(field, label, value, unmask) : element("dd", {}, value || text("office.missing")),
      ),
    ),
  );
}

/** Return a masked value with a button that shows it; what was shown can be hidden again. */
function maskedValue(field, label, hidden, unmask) {
  const value = element("span", { class: "value", "aria-live": "polite" }, hidden);
  const toggle = element("button", { class: "unmask", type: "button", "aria-label": text("office.unmask_label", { label }) }, text("office.unmask"));
  toggle.onclick = async () => {
    if (toggle.dataset.shown) {
      delete toggle.dataset.shown;
      value.textContent = hidden;
      toggle.textContent = text("office.unmask");
      toggle.setAttribute("aria-label", text("office.unmask_label", { label }));
      return;
    }
    toggle.disabled = true;
    const clear = await unmask(field);
    toggle.disabled = false;
    toggle.focus();
    if (clear === null) return;
    toggle.dataset.shown = "true";
    value.textContent = clear;
    toggle.textContent = text("office.mask");
    toggle.setAttribute("aria-label", text("office.mask_label", { label }));
  };
  return element("dd", {}, value, toggle);
}

/** Return what was checked, failed first. */
export function checkList(checks) {
  return element(
    "ul",
    { class: "checks" },
    checks.map(({ outcome, text: words }) =>
      element("li", { class: outcome }, element("span", { class: `mark ${outcome}` }, text(`office.check_${outcome}`)), words),
    ),
  );
}

/** Return the days of an application: submitted, promised, due, who has it. */
export function timeList({ submitted_at: submitted, promise, due, authority, staff, by_staff: byStaff, handing, reminders, reminded_at: reminded }) {
  const decides = handing ? text("office.decided_by_department") : text(byStaff ? "office.decided_by_staff" : "office.automatic");
  const rows = [
    ["office.submitted", when(submitted)],
    ["office.promise", promise && text("office.promise_runs", { promise })],
    [`office.due_${due?.limit}`, due && [day(due.on), dueMark(due)]],
    ["office.decides", decides],
    ["office.authority", authority],
    ["office.has_it", staff],
    ["office.reminders", reminders > 0 && text("office.reminders_told", { count: reminders, at: when(reminded) })],
  ];
  return rowList(rows);
}

/** Return where an application is on its way to a department, and its trouble. */
export function handingNote({ handing, provisional_number: number }) {
  const { connector, state, state_label: label, attempts, last_failure: failure, failing_since: since, delivered_at: delivered } = handing;
  const rows = [
    ["office.department", connector],
    ["office.provisional_number", number],
    ["office.handing_state", label, state === "rejected" && "trouble"],
    ["office.delivered_at", delivered && when(delivered)],
    ["office.attempts", attempts > 0 && text("office.times", { count: attempts }), failure && "trouble"],
    ["office.failure", failure, "trouble"],
    ["office.failing_since", since && when(since), "trouble"],
  ];
  return element("div", { class: "handing" }, element("p", {}, text("office.read_only")), rowList(rows));
}

/** Return rows of [the text that names it, value, class] as a list, those without a value left out. */
function rowList(rows) {
  return element(
    "dl",
    { class: "times" },
    rows
      .filter(([, value]) => value)
      .map(([key, value, kind]) => element("div", { class: kind || null }, element("dt", {}, text(key)), element("dd", {}, value))),
  );
}

/** Return what was asked for, each with its answer. */
export function supplementList(supplements, unmask) {
  return element(
    "ol",
    { class: "supplements" },
    supplements.map((one) =>
      element(
        "li",
        {},
        element("p", { class: "by" }, text("office.asked", { name: one.asked_by ?? "", at: when(one.asked_at) })),
        element("ul", {}, [...one.materials, one.note].filter(Boolean).map((wanted) => element("li", {}, wanted))),
        one.answer === null
          ? element("p", { class: "unanswered" }, text("office.unanswered"))
          : answer(one, unmask),
      ),
    ),
  );
}

function answer({ answer: words, answer_field: field, answered_at: at }, unmask) {
  const said = element("div", { class: "said" }, prose(words));
  const show = field && element("button", { class: "unmask", type: "button" }, text("office.unmask_answer"));
  if (show) {
    show.onclick = async () => {
      show.disabled = true;
      const clear = await unmask(field);
      show.disabled = false;
      if (clear === null) return;
      said.replaceChildren(prose(clear));
      show.remove();
    };
  }
  return element("div", { class: "answer" }, element("p", { class: "by" }, text("office.answered", { at: when(at) })), said, show);
}

/** Return the states an application has been through, the newest first. */
export function historyList(history) {
  return element(
    "ol",
    { class: "history" },
    [...history].reverse().map(({ state, state_label: label, at, who, note }) =>
      element(
        "li",
        { class: state },
        element("p", {}, element("strong", {}, label), element("span", { class: "by" }, [when(at), who].filter(Boolean).join(" · "))),
        note && element("div", { class: "note" }, prose(note)),
      ),
    ),
  );
}
