/**
 * The fields of an application, personal values hidden. Each that may be changed is changed in its place; in a hall it is asked
 * for anew instead: not every machine has a keyboard, and nobody around shall read a number.
 */
import { CHINESE, button, element, text } from "../kit.js";

/** Return the list; with `actions` the editable fields can be changed, by saying so for the citizen. */
export function fieldList(fields, actions = null) {
  return element(
    "dl",
    {},
    fields.map((field) => row(field, actions)),
  );
}

function row({ label, value, editable }, actions) {
  const shown = [element("dt", CHINESE, label), element("dd", CHINESE, value)];
  const node = element("div", {}, shown);
  if (!actions || !editable) return node;
  const ask = () => actions.choose(text("say.change_asked", { label }));
  const change = button(text("application.change"), () => (actions.inHall ? ask() : edit(node, shown, label, actions)), "change");
  change.setAttribute("aria-label", text("application.change_label", { label }));
  shown.push(element("dd", { class: "once" }, change));
  node.append(shown.at(-1));
  return node;
}

/** Put a box in the field's place; what was there comes back when nothing is to be changed. */
function edit(node, shown, label, actions) {
  const input = element("input", { "aria-label": text("application.new_value", { label }), autocomplete: "off" });
  const back = () => {
    node.replaceChildren(...shown);
    node.querySelector("button").focus();
  };
  const escape = (event) => {
    if (event.key !== "Escape" || event.isComposing) return; // an input method takes this one
    event.preventDefault(); // the panel stays open
    event.stopPropagation();
    back();
  };
  const say = (event) => {
    event.preventDefault();
    const value = input.value.trim();
    if (value) actions.choose(text("say.change", { label, value }));
    else input.focus();
  };
  const form = element(
    "form",
    { class: "edit", onsubmit: say, onkeydown: escape },
    input,
    element("button", { class: "button primary" }, text("application.change_done")),
    button(text("application.change_cancel"), back),
  );
  node.replaceChildren(shown[0], element("dd", { class: "once" }, form));
  input.focus();
}
