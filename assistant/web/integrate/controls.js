/** A control for each attribute and custom property. */
import { element } from "../dom.js";
import { text } from "../texts.js";

const NOTHING = "\u2013"; // of a choice that is not made

/** Return the control of a setting; `change(value)` hears what it is set to, "" for what holds unless it is set. */
export function control({ name, kind, values = [""], shown = values[0] }, change) {
  const usual = values[0];
  const heard = (value) => change(value === usual ? "" : value);
  const field = {
    choice: () =>
      element(
        "select",
        { onchange: ({ target }) => heard(target.value) },
        values.map((value) => element("option", { value, selected: value === shown }, value || NOTHING)),
      ),
    flag: () => element("input", { type: "checkbox", onchange: ({ target }) => change(target.checked ? "on" : "") }),
    words: () => element("input", { type: "text", placeholder: usual, onchange: ({ target }) => change(target.value.trim()) }),
    colour: () => element("input", { type: "color", value: usual, onchange: ({ target }) => heard(target.value) }),
  }[kind]();
  const told = element("small", { id: `told-${name}` }, text(`integrate.${name.startsWith("--") ? "properties" : "attribute"}.${name}`));
  field.setAttribute("aria-describedby", told.id);
  field.name = name;
  return element("label", {}, element("code", {}, name), field, told);
}
