/** What every chart has: a title, the drawing, what the pointed-at value is in words, and the same as a table. */
import { element } from "../../dom.js";
import { text } from "../../texts.js";
import { drawn } from "./svg.js";

let made = 0;

/**
 * Return a chart as a figure.
 *
 * `title` names it; `legend` is [{kind, words}]; `table` is {columns: [words], rows: [[words]]}, each row's first cell
 * its name. `drawing` has `draw(svg, width)`, which fills the SVG and returns its height, `count` of values, `across`
 * (values in a row, for the arrow up and down), `at(x, y)`, the number of the value at a place or null, `point(number)`,
 * which marks one or with null none, and `words(number)`.
 */
export function chart({ title, legend = [], table, drawing }) {
  const id = `chart-${(made += 1)}`;
  const svg = drawn("svg", { "aria-hidden": "true", focusable: "false" });
  const said = element("p", { class: "pointed", role: "status" });
  const plot = element(
    "div",
    { class: "plot", tabindex: "0", role: "group", "aria-label": text("figures.chart", { title }) },
    svg,
  );
  const rows = dataTable(title, table);
  const side = element("div", { class: "chart-table", id, hidden: true }, rows);
  const toggle = element(
    "button",
    { class: "quiet", type: "button", "aria-expanded": "false", "aria-controls": id, onclick: turn },
    text("figures.as_table"),
  );

  function turn() {
    const shows = side.hidden;
    side.hidden = !shows;
    plot.hidden = shows;
    said.hidden = shows;
    toggle.setAttribute("aria-expanded", String(shows));
    toggle.textContent = text(shows ? "figures.as_chart" : "figures.as_table");
    if (!shows) redraw();
  }

  pointing(plot, svg, drawing, said);
  const redraw = keepDrawn(plot, svg, drawing);
  return element(
    "figure",
    { class: "panel chart" },
    element("figcaption", {}, element("h4", {}, title), legendOf(legend), toggle),
    plot,
    said,
    side,
  );
}

/** Return a table of values with its caption, for whoever reads rather than looks. */
export function dataTable(caption, { columns, rows }) {
  return element(
    "table",
    { class: "data" },
    element("caption", { class: "spoken" }, caption),
    element("thead", {}, element("tr", {}, columns.map((words) => element("th", { scope: "col" }, words)))),
    element(
      "tbody",
      {},
      rows.map(([name, ...values]) =>
        element("tr", {}, element("th", { scope: "row" }, name), values.map((value) => element("td", {}, value))),
      ),
    ),
  );
}

function legendOf(legend) {
  if (!legend.length) return null;
  return element(
    "ul",
    { class: "legend" },
    legend.map(({ kind, words }) => element("li", {}, element("span", { class: `key ${kind}` }), words)),
  );
}

/** Draw anew whenever the width changes; return what draws at once. */
function keepDrawn(plot, svg, drawing) {
  let width = 0;
  function redraw() {
    const wide = Math.floor(plot.clientWidth);
    if (!wide || wide === width) return;
    width = wide;
    svg.replaceChildren();
    const height = drawing.draw(svg, width);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
  new ResizeObserver(redraw).observe(plot);
  return redraw;
}

/** Say the value under the pointer, or the one that the arrow keys have come to. */
function pointing(plot, svg, drawing, said) {
  let at = null;

  function point(number) {
    if (number === at) return;
    at = number;
    drawing.point(number);
    said.textContent = number === null ? "" : drawing.words(number);
  }

  plot.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    point(drawing.at(event.clientX - box.left, event.clientY - box.top));
  });
  plot.addEventListener("pointerleave", () => point(null));
  plot.addEventListener("blur", () => point(null));
  plot.addEventListener("keydown", (event) => {
    const across = drawing.across ?? 1;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    if (step !== undefined) point(bounded(at === null ? 0 : at + step, drawing.count));
    else if (event.key === "Home") point(bounded(0, drawing.count));
    else if (event.key === "End") point(bounded(drawing.count - 1, drawing.count));
    else if (event.key === "Escape") point(null);
    else return;
    event.preventDefault();
  });
}

function bounded(number, count) {
  return count ? Math.min(count - 1, Math.max(0, number)) : null;
}
