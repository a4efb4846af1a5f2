/** Show what differs between two versions, element by element. */
import { element } from "../dom.js";
import { TEXTS } from "../texts.zh-CN.js";
import { text } from "../texts.js";

/** Return the differences: [{element, lines: [{mark, text}]}]. */
export function diffList(differences) {
  if (!differences.length) return element("p", { class: "lead" }, text("editor.no_difference"));
  return element(
    "div",
    { class: "diff" },
    differences.map(({ element: name, lines }) =>
      element(
        "section",
        {},
        element("h4", {}, nameOf(name)),
        element("ul", {}, lines.map(line)),
      ),
    ),
  );
}

/** Return how the reader knows an element of a guide. */
export function nameOf(name) {
  if (name.startsWith("asks.")) return `${text("editor.part_asks")} · ${text(`editor.facet_${name.slice(5)}`)}`;
  for (const key of [`editor.field_${name}`, `editor.part_${name}`]) if (key in TEXTS) return text(key);
  return name;
}

const MARKS = { "+": "added", "-": "removed", "": "same" };

function line({ mark, text: words }) {
  const kind = MARKS[mark];
  const tag = { added: "ins", removed: "del", same: "span" }[kind];
  return element(
    "li",
    { class: kind },
    mark && element("span", { class: "spoken" }, text(`editor.diff_${kind}`)),
    element("span", { class: "sign", "aria-hidden": "true" }, mark),
    element(tag, {}, words),
  );
}
