/** Figures as people read them. */
import { text } from "../texts.js";

const COUNT = new Intl.NumberFormat("zh-CN");
const SHARE = new Intl.NumberFormat("zh-CN", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const POINTS = new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 1 });
const MINUTE = 60;
const HOUR = 3_600;

export function count(value) {
  return value === null || value === undefined ? text("figures.none") : COUNT.format(value);
}

export function share(value) {
  return value === null || value === undefined ? text("figures.none") : SHARE.format(value);
}

/** Return a number of seconds in its two largest units. */
export function duration(value) {
  if (value === null || value === undefined) return text("figures.none");
  const whole = Math.round(value);
  if (whole < MINUTE) return text("figures.seconds", { seconds: whole });
  if (whole < HOUR) return text("figures.minutes", { minutes: Math.floor(whole / MINUTE), seconds: whole % MINUTE });
  return text("figures.hours", { hours: Math.floor(whole / HOUR), minutes: Math.floor((whole % HOUR) / MINUTE) });
}

const WRITE = { count, share, seconds: duration };
const CHANGES = { count: ["more", "less"], share: ["higher", "lower"], seconds: ["longer", "shorter"] };

/** Return a headline figure's value in words. */
export function written(kind, value) {
  return WRITE[kind](value);
}

/** Return how a figure changed: {words, turn}, where `turn` is "better", "worse" or "". */
export function change({ kind, better, value, before }) {
  if (value === null || before === null) return { words: text("figures.nothing_before"), turn: "" };
  const size = distance(kind, value, before);
  if (size === null) return { words: text("figures.same"), turn: "" };
  const [up, down] = CHANGES[kind];
  const turn = better === "neither" ? "" : (better === "more") === (value > before) ? "better" : "worse";
  return { words: text(`figures.${value > before ? up : down}`, { change: size }), turn };
}

/** Return how far apart two values are as it is read, or null where that rounds to nothing. */
function distance(kind, value, before) {
  const apart = Math.abs(value - before);
  if (kind === "share") {
    const points = POINTS.format(apart * 100);
    return points === POINTS.format(0) ? null : text("figures.points", { count: points });
  }
  if (kind === "seconds") return Math.round(apart) ? duration(apart) : null;
  if (!apart) return null;
  if (!before) return count(apart);
  return text("figures.relative", { change: count(apart), share: SHARE.format(apart / before) });
}

/** Return an ISO date as month and day. */
export function shortDay(day) {
  const [, month, date] = day.split("-").map(Number);
  return text("figures.day_short", { month, day: date });
}
