/** The time and the day, as a clock on a wall. */
import { element } from "../dom.js";

const TICK_MS = 1_000;

/** Return the clock, which goes by Beijing time, and what stops it. */
export function clockFace(language) {
  const time = element("time", { class: "time" });
  const day = element("p", { class: "day" });
  const weekday = element("p");
  const show = () => {
    const told = (format) => new Date().toLocaleString(language, { timeZone: "Asia/Shanghai", ...format });
    time.textContent = told({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    day.textContent = told({ month: "long", day: "numeric" });
    weekday.textContent = told({ weekday: "long" });
  };
  show();
  const timer = setInterval(show, TICK_MS);
  return { node: element("div", { class: "clock" }, time, day, weekday), stop: () => clearInterval(timer) };
}
