/** Bars lying down, each below its name; a thin one for the period before. */
import { count } from "../numbers.js";
import { linear } from "./scale.js";
import { drawn } from "./svg.js";

const ROW = 48;
const VALUE_WIDTH = 62;

/** Return the drawing of bars; `bars` are [{label, value, before}], `words(number)` says one. */
export function barChart({ bars, words }) {
  const largest = Math.max(1, ...bars.flatMap(({ value, before }) => [value, before ?? 0]));
  let rows = [];

  function draw(svg, width) {
    const rail = width - VALUE_WIDTH;
    rows = bars.map((bar, number) => row(bar, number * ROW, rail, linear(largest, 0, rail)));
    svg.append(...rows);
    return bars.length * ROW;
  }

  function point(number) {
    rows.forEach((one, place) => one.classList.toggle("pointed-at", place === number));
  }

  function at(_, down) {
    const number = Math.floor(down / ROW);
    return number >= 0 && number < bars.length ? number : null;
  }

  return { draw, point, at, words, count: bars.length };
}

function row({ label, value, before }, top, rail, x) {
  return drawn(
    "g",
    { class: "bar" },
    drawn("text", { class: "name", x: 0, y: top + 15 }, label),
    drawn("rect", { class: "rail", x: 0, y: top + 22, width: rail, height: 13, rx: 3 }),
    drawn("rect", { class: "now", x: 0, y: top + 22, width: Math.max(value ? 2 : 0, x(value)), height: 13, rx: 3 }),
    before === null || before === undefined
      ? null
      : drawn("rect", { class: "before", x: 0, y: top + 37, width: Math.max(before ? 2 : 0, x(before)), height: 4, rx: 2 }),
    drawn("text", { class: "amount", x: rail + 10, y: top + 33 }, count(value)),
  );
}
