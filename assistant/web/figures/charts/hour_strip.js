/** The hours of the day as cells, the busier the stronger; a row for all days, or one for each weekday. */
import { text } from "../../texts.js";
import { drawn } from "./svg.js";

const HOURS = 24;
const NAME = 46;
const CELL = 26;
const FOOT = 24;
const GAP = 2;
const FAINTEST = 0.1;

/** Return the drawing of hours; `rows` are [{label, values}] of 24 values, `words(number)` says one cell. */
export function hourStrip({ rows, words }) {
  const largest = Math.max(1, ...rows.flatMap(({ values }) => values));
  let cells = [];
  let wide = 1;

  function draw(svg, width) {
    wide = (width - NAME) / HOURS;
    cells = rows.flatMap(({ values }, row) => values.map((value, hour) => cell(value / largest, row, hour, wide)));
    svg.append(...rows.map(({ label }, row) => drawn("text", { class: "tick", x: 0, y: row * CELL + 17 }, label)));
    svg.append(...cells, ...hours(wide, rows.length * CELL + 17));
    return rows.length * CELL + FOOT;
  }

  function point(number) {
    cells.forEach((one, place) => one.classList.toggle("pointed-at", place === number));
  }

  function at(across, down) {
    const [hour, row] = [Math.floor((across - NAME) / wide), Math.floor(down / CELL)];
    return hour >= 0 && hour < HOURS && row >= 0 && row < rows.length ? row * HOURS + hour : null;
  }

  return { draw, point, at, words, count: rows.length * HOURS, across: rows.length > 1 ? HOURS : 1 };
}

function cell(strength, row, hour, wide) {
  return drawn("rect", {
    class: strength ? "cell" : "cell none",
    x: NAME + hour * wide,
    y: row * CELL,
    width: Math.max(1, wide - GAP),
    height: CELL - GAP,
    rx: 3,
    "fill-opacity": strength ? FAINTEST + (1 - FAINTEST) * strength : null,
  });
}

function hours(wide, down) {
  return [0, 3, 6, 9, 12, 15, 18, 21].map((hour) =>
    drawn("text", { class: "tick", x: NAME + hour * wide, y: down }, text("figures.clock", { hour })),
  );
}
