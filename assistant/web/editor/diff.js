/** Show what differs between two versions, element by element. */
import { element } from "../dom.js";
import { hasText, text } from "../texts.js";

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
        element("ul", {}, lines.map((one) => line(name, one))),
      ),
    ),
  );
}

/** Return how the reader knows an element of a guide. */
function nameOf(name) {
  if (name.startsWith("asks.")) return `${text("editor.part_asks")} · ${text(`editor.facet_${name.slice(5)}`)}`;
  for (const key of [`editor.field_${name}`, `editor.part_${name}`]) if (hasText(key)) return text(key);
  return name;
}

const MARKS = { "+": "added", "-": "removed", "": "same" };

function line(name, { mark, value }) {
  const kind = MARKS[mark];
  const tag = { added: "ins", removed: "del", same: "span" }[kind];
  return element(
    "li",
    { class: kind },
    mark && element("span", { class: "spoken" }, text(`editor.diff_${kind}`)),
    element("span", { class: "sign", "aria-hidden": "true" }, mark),
    element(tag, {}, said(value, name)),
  );
}

/** Return an entry in words; the fields of an object with their names. */
function said(value, name) {
  if (value === null) return "…";
  if (typeof value === "boolean") return text(value ? "editor.yes" : "editor.no");
  if (Array.isArray(value)) return value.map((one) => said(one, name)).join(text("editor.between"));
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([key, one]) => text("editor.pair", { label: labelOf(name, key), value: one === null ? text("editor.empty") : said(one, name) }))
    .join("　");
}

function labelOf(name, key) {
  const known = [`editor.field_${name}.${key}`, `editor.field_${key}`, `editor.part_${key}`].find(hasText);
  return known ? text(known) : key;
}
