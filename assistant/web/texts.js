/** The words of a page that is written in one language: the shared catalogue, and what the page adds to it. */
import { TEXTS } from "./texts.zh-CN.js";
import { addTexts, hasText, text } from "./wording.js";

export { addTexts, hasText, text };

addTexts(TEXTS);

/** Fill the elements of a page that name their text: data-text for content, data-text-label for aria-label. */
export function fillTexts(root) {
  for (const node of root.querySelectorAll("[data-text]")) node.textContent = text(node.dataset.text);
  for (const node of root.querySelectorAll("[data-text-label]")) {
    node.setAttribute("aria-label", text(node.dataset.textLabel));
  }
}
