/** The headline figures as tiles, each with how it changed. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { change, written } from "./numbers.js";

export function headline(figures) {
  return element(
    "section",
    { class: "overview" },
    element("h3", { class: "spoken" }, text("figures.overview")),
    element("dl", { class: "tiles" }, figures.map(tile)),
  );
}

function tile(figure) {
  const { words, turn } = change(figure);
  return element(
    "div",
    { class: "tile", dataset: { figure: figure.key } },
    element("dt", {}, figure.label),
    element("dd", { class: "value" }, written(figure.kind, figure.value)),
    element("dd", { class: `change ${turn}`.trim() }, words),
  );
}
