/** The forms of a follow-up: a note, which the citizen may be told too, and its end. */
import { element } from "../dom.js";
import { text } from "../texts.js";

const LONGEST = 1000;
const OUTCOMES = ["rectified", "explained", "unreachable"];
const AGREEMENTS = { yes: true, no: false, unknown: null };

/**
 * Return the form; `keep(words, tell)` resolves to whether it was kept, and what was not stays written; `contacted()`
 * hears that the citizen was reached, and resolves to whether that was kept, after which it is said no more.
 */
export function noteForm({ keep, contacted, reachable }) {
  const words = element("textarea", { rows: "3", maxlength: LONGEST, required: true });
  const tell = element("input", { type: "checkbox", disabled: !reachable });
  const submit = async (event) => {
    event.preventDefault();
    if (!(await keep(words.value, tell.checked))) return;
    words.value = "";
    tell.checked = false;
  };
  const reached = async () => {
    if (await contacted()) words.focus();
  };
  return element(
    "form",
    { class: "panel", onsubmit: submit },
    element("h3", {}, text("follow_ups.note")),
    element("label", {}, element("span", { class: "spoken" }, text("follow_ups.note")), words),
    element(
      "div",
      { class: "bar" },
      element("label", { class: "to-tick" }, tell, text("follow_ups.tell")),
      element("button", { class: "button contacted", type: "button", onclick: reached }, text("follow_ups.contacted")),
      element("button", { class: "button primary", type: "submit" }, text("follow_ups.keep")),
    ),
  );
}

/** Return the form; `close({outcome, agrees, findings})` resolves to whether it was closed. */
export function closeForm(close) {
  const findings = element("textarea", { rows: "3", maxlength: LONGEST, required: true });
  const form = element(
    "form",
    { class: "panel" },
    element("h3", {}, text("follow_ups.close")),
    choice("outcome", OUTCOMES),
    choice("agrees", Object.keys(AGREEMENTS)),
    element("label", {}, text("follow_ups.findings"), findings),
    element("p", { class: "hint" }, text("follow_ups.close_hint")),
    element("div", { class: "bar" }, element("button", { class: "button primary", type: "submit" }, text("follow_ups.close"))),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const chosen = new FormData(form);
    close({ outcome: chosen.get("outcome"), agrees: AGREEMENTS[chosen.get("agrees")], findings: findings.value });
  };
  return form;
}

function choice(name, values) {
  return element(
    "fieldset",
    {},
    element("legend", {}, text(`follow_ups.${name}`)),
    values.map((value) =>
      element(
        "label",
        { class: "to-tick" },
        element("input", { type: "radio", name, value, required: true }),
        text(`follow_ups.${name}_${value}`),
      ),
    ),
  );
}
