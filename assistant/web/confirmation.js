/** Ask before something that cannot be taken back. */
import { element } from "./dom.js";
import { text } from "./wording.js";

/**
 * Return a dialog; open it with `showModal()`. Its words are the texts `{prefix}.heading`, `.body`, `.confirm` and
 * `.cancel`; a prefix with an underscore, such as "staff.close_", is joined as it stands.
 */
export function confirmation(prefix, act) {
  const word = (name) => text(prefix.endsWith("_") ? prefix + name : `${prefix}.${name}`);
  const dialog = element("dialog", { class: "confirm", "aria-label": word("heading") });
  const finish = (confirmed) => {
    dialog.close();
    if (confirmed) act();
  };
  dialog.append(
    element("h2", {}, word("heading")),
    element("p", {}, word("body")),
    element(
      "div",
      { class: "buttons" },
      element("button", { class: "button", type: "button", onclick: () => finish(false) }, word("cancel")),
      element("button", { class: "button primary", type: "button", onclick: () => finish(true) }, word("confirm")),
    ),
  );
  return dialog;
}
