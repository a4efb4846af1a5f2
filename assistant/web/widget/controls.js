/** The controls that several parts of the assistant are made of. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../wording.js";

/** Return a button that reads as its words. */
export function button(words, act, kind = "button") {
  return element("button", { class: kind, type: "button", onclick: act }, words);
}

/** Return a button that is an icon, named by a text. */
export function iconButton(name, key, act, kind = "icon-button") {
  return element(
    "button",
    { class: kind, type: "button", "aria-label": text(key), title: text(key), onclick: act },
    icon(name),
  );
}

/** Return a button that is on or off; `set(on)` hears each change. */
export function toggle(words, on, set) {
  const node = button(words, () => {
    const next = node.getAttribute("aria-pressed") !== "true";
    node.setAttribute("aria-pressed", next);
    set(next);
  });
  node.setAttribute("aria-pressed", on);
  return node;
}
