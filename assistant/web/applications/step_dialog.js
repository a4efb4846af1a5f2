/** Ask before a step that cannot be taken back, and for what it needs: what is missing, a reason, a note. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { Refused } from "../signed_in_api.js";
import { button } from "./parts.js";

const MOVED = 409;
const MOST = "500";

/**
 * Return the dialog of a step.
 *
 * `take(more)` takes it and returns the application then; `taken` hears that, `moved` the sentence about whoever was
 * first, `failed` an error that is not for this dialog to tell.
 */
export function stepDialog(application, step, { take, taken, moved, failed }) {
  const fields = FIELDS[step](application);
  const problem = element("p", { class: "problem", role: "alert" });
  const confirm = element("button", { class: "button primary", type: "submit" }, text(`office.${step}_confirm`, { refusal: application.refusal_label }));

  async function submit(event) {
    event.preventDefault();
    confirm.disabled = true;
    problem.textContent = "";
    try {
      const then = await take(fields.read());
      dialog.close();
      taken(then);
    } catch (error) {
      confirm.disabled = false;
      if (!(error instanceof Refused)) problem.textContent = text("workplace.failed");
      else if (error.status === MOVED || error.status === 401) {
        dialog.close();
        if (error.status === MOVED) moved(error.message);
        else failed(error);
      } else problem.textContent = error.message || text("workplace.failed");
    }
  }

  const heading = text(`office.${step}_heading`, { refusal: application.refusal_label });
  const dialog = element(
    "dialog",
    { class: "confirm ask", "aria-label": heading, onclose: () => dialog.remove() },
    element(
      "form",
      { onsubmit: submit },
      element("h2", {}, heading),
      element("p", {}, text(`office.${step}_body`, { promise: application.promise ?? text("office.no_promise") })),
      fields.nodes,
      problem,
      element("div", { class: "buttons" }, button("office.cancel", () => dialog.close()), confirm),
    ),
  );
  return dialog;
}

const FIELDS = {
  accept: () => ({ nodes: [], read: () => ({}) }),
  supplement: ({ materials }) => {
    const boxes = materials.map((name) => element("input", { type: "checkbox", value: name }));
    const note = area("office.supplement_note", "office.supplement_placeholder");
    return {
      nodes: [
        element(
          "fieldset",
          { class: "materials" },
          element("legend", {}, text("office.materials")),
          boxes.map((box) => element("label", { class: "to-tick" }, box, box.value)),
        ),
        note.label,
      ],
      read: () => ({ materials: boxes.filter(({ checked }) => checked).map(({ value }) => value), note: note.words() }),
    };
  },
  refuse: ({ objection }) => {
    const reason = area("office.reason", "office.reason_placeholder");
    return { nodes: [reason.label, element("p", { class: "hint" }, text("office.objection_follows", { objection }))], read: () => ({ note: reason.words() }) };
  },
  issue: ({ issues_certificate: certificate }) => {
    const note = area(certificate ? "office.issue_note_optional" : "office.issue_note", "office.issue_placeholder");
    const hint = certificate ? [element("p", { class: "hint" }, text("office.issue_draws"))] : [];
    return { nodes: [note.label, ...hint], read: () => ({ note: note.words() }) };
  },
};

function area(labelKey, placeholderKey) {
  const input = element("textarea", { rows: "3", maxlength: MOST, placeholder: text(placeholderKey) });
  return { label: element("label", {}, text(labelKey), input), words: () => input.value.trim() };
}
