/** A period in words. */
import { text } from "../texts.js";

/** Return {first, last, days, until_hour} as it is read. */
export function spanOf({ first, last, days, until_hour: until }) {
  const span = days === 1 ? text("figures.span_one", { day: first }) : text("figures.span", { first, last, days });
  return until === null ? span : text("figures.span_until", { span, hour: until });
}
