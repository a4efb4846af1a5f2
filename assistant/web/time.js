/** Times as people say them. */
import { text } from "./texts.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Return how long ago an ISO time was, in the largest whole unit. */
export function duration(since, now) {
  const passed = now - new Date(since);
  if (passed < MINUTE_MS) return text("staff.just_now");
  if (passed < HOUR_MS) return text("staff.minutes", { count: Math.floor(passed / MINUTE_MS) });
  if (passed < DAY_MS) return text("staff.hours", { count: Math.floor(passed / HOUR_MS) });
  return text("staff.days", { count: Math.floor(passed / DAY_MS) });
}

/** Return an ISO time as the clock shows it, with the date unless it is today's. */
export function clock(at, now) {
  const time = new Date(at);
  const today = time.toDateString() === new Date(now).toDateString();
  const date = today ? {} : { month: "numeric", day: "numeric" };
  return time.toLocaleString("zh-CN", { ...date, hour: "2-digit", minute: "2-digit", hour12: false });
}
