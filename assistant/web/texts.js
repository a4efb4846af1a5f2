/** Look up the words on screen. */
import { TEXTS } from "./texts.zh-CN.js";

/** Take in the words of a page that the assistant itself has no use for. */
export function addTexts(more) {
  Object.assign(TEXTS, more);
}

/** Return a text with its {named} fields filled in; an unknown key is a programming error. */
export function text(key, fields = {}) {
  if (!(key in TEXTS)) throw new Error(`No text is called "${key}".`);
  return TEXTS[key].replace(/\{(\w+)\}/g, (_, name) => String(fields[name] ?? ""));
}

/** Fill the elements of a page that name their text: data-text for content, data-text-label for aria-label. */
export function fillTexts(root) {
  for (const node of root.querySelectorAll("[data-text]")) node.textContent = text(node.dataset.text);
  for (const node of root.querySelectorAll("[data-text-label]")) {
    node.setAttribute("aria-label", text(node.dataset.textLabel));
  }
}
