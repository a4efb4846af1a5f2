/** Lines along time: one of now, one of before or of something else. */
import { drawn } from "./svg.js";
import { linear, marks } from "./scale.js";

const HEIGHT = 230;
const EDGE = { top: 14, right: 30, bottom: 30, left: 46 };
const LABEL_WIDTH = 62;

/**
 * Return the drawing of lines.
 *
 * `labels` are words along the time; `lines` are [{kind: "now" | "before", values}], a value for each label, null where
 * there is none yet; `words(number)` says a place's values.
 */
export function lineChart({ labels, lines, words }) {
  const ticks = marks(Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0))));
  let place = null;
  let pointer = null;

  function draw(svg, width) {
    const x = linear(Math.max(1, labels.length - 1), EDGE.left, width - EDGE.right);
    const y = linear(ticks.at(-1), HEIGHT - EDGE.bottom, EDGE.top);
    svg.append(...grid(ticks, y, width), ...dates(labels, x, width));
    for (const { kind, values } of lines.toReversed()) svg.append(...line(kind, values, x, y));
    pointer = drawn("g", { class: "pointer" });
    svg.append(pointer);
    place = { x, y };
    return HEIGHT;
  }

  function point(number) {
    pointer?.replaceChildren();
    if (number === null || !pointer) return;
    const { x, y } = place;
    const at = x(number);
    pointer.append(drawn("line", { x1: at, x2: at, y1: EDGE.top, y2: HEIGHT - EDGE.bottom }));
    for (const { kind, values } of lines) {
      if (values[number] === null) continue;
      pointer.append(drawn("circle", { class: kind, cx: at, cy: y(values[number]), r: 4.5 }));
    }
  }

  function at(across) {
    if (!place || !labels.length) return null;
    const step = labels.length > 1 ? place.x(1) - place.x(0) : 1;
    return Math.min(labels.length - 1, Math.max(0, Math.round((across - place.x(0)) / step)));
  }

  return { draw, point, at, words, count: labels.length };
}

function grid(ticks, y, width) {
  return ticks.flatMap((tick) => [
    drawn("line", { class: tick ? "grid" : "axis", x1: EDGE.left, x2: width - EDGE.right, y1: y(tick), y2: y(tick) }),
    drawn("text", { class: "tick end", x: EDGE.left - 8, y: y(tick) + 4 }, tick.toLocaleString("zh-CN")),
  ]);
}

function dates(labels, x, width) {
  const every = Math.max(1, Math.ceil((labels.length * LABEL_WIDTH) / (width - EDGE.left - EDGE.right)));
  return labels.flatMap((label, number) =>
    number % every ? [] : [drawn("text", { class: "tick middle", x: x(number), y: HEIGHT - 8 }, label)],
  );
}

/** Return a line, and a dot where a value has no neighbour to draw a line to. */
function line(kind, values, x, y) {
  const known = values.map((value, number) => ({ value, number })).filter(({ value }) => value !== null);
  if (!known.length) return [];
  const path = known.map(({ value, number }, first) => `${first ? "L" : "M"}${x(number)} ${y(value)}`).join("");
  const [begin, end] = [known[0].number, known.at(-1).number];
  return [
    kind === "now" ? drawn("path", { class: "area", d: `${path}L${x(end)} ${y(0)}L${x(begin)} ${y(0)}Z` }) : null,
    drawn("path", { class: `line ${kind}`, d: path }),
    ...(known.length === 1 ? [drawn("circle", { class: kind, cx: x(begin), cy: y(known[0].value), r: 3.5 })] : []),
  ].filter(Boolean);
}
