/** The controls that several parts of the assistant are made of. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { CHINESE } from "../prose.js";
import { text } from "../wording.js";

const HAN = /\p{Script=Han}/u;

/** Return a button that reads as its words. */
export function button(words, act, kind = "button") {
  return element("button", { class: kind, type: "button", onclick: act }, words);
}

/** Return a button with a label of the server's, which is Chinese whatever the language of the face, unless it has no Chinese. */
export function offerButton(label, act, kind) {
  const node = button(label, act, kind);
  if (HAN.test(label)) node.lang = CHINESE.lang;
  return node;
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
