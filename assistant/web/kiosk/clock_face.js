/** The time and the day, as a clock on a wall. */
import { element } from "../dom.js";

const TICK_MS = 1_000;

/** Return the clock, and what stops it. */
export function clockFace(language) {
  const time = element("time", { class: "time" });
  const day = element("p", { class: "day" });
  const show = () => {
    const now = new Date();
    time.textContent = now.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false });
    day.textContent = now.toLocaleDateString(language, { month: "long", day: "numeric", weekday: "long" });
  };
  show();
  const timer = setInterval(show, TICK_MS);
  return { node: element("div", { class: "clock" }, time, day), stop: () => clearInterval(timer) };
}
