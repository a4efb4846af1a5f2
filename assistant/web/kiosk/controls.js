/** What the kiosk's screens are made of: buttons with an icon and words, dialogs that fill the screen. */
import { element } from "../dom.js";
import { pictured } from "./icons.js";

/** Return a large button with an icon and words. */
export function action(name, words, act, kind = "") {
  return element("button", { class: `button action ${kind}`.trim(), type: "button", onclick: act }, pictured(name), words);
}

/** Return a dialog that covers the screen; `onLeave` hears Escape. */
export function cover(kind, label, onLeave, ...content) {
  const node = element("dialog", { class: `cover ${kind}`, "aria-label": label }, element("div", { class: "sheet" }, content));
  node.addEventListener("cancel", (event) => {
    event.preventDefault();
    onLeave();
  });
  return node;
}

/** Show a dialog; put on the page first, taken off again by `hide`. */
export function show(dialog) {
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) dialog.showModal();
}

export function hide(dialog) {
  dialog.close();
  dialog.remove();
}
