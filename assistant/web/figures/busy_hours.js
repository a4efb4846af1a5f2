/** When it is busy: the hours of the day, of a week or longer by weekday. */
import { text } from "../texts.js";
import { chart } from "./charts/chart.js";
import { hourStrip } from "./charts/hour_strip.js";
import { count } from "./numbers.js";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function busyHours({ hours, weekdays }) {
  const rows = weekdays
    ? weekdays.map((values, day) => ({ label: text(`figures.weekday_${day}`), values }))
    : [{ label: text("figures.all_days"), values: hours }];
  const words = (number) => {
    const { label, values } = rows[Math.floor(number / HOURS.length)];
    const hour = number % HOURS.length;
    const turns = text("figures.value", { name: text("figures.turns"), value: count(values[hour]) });
    return text("figures.point", { at: `${label} ${text("figures.clock", { hour })}`, values: turns });
  };
  return chart({
    title: text("figures.busy_hours"),
    legend: [
      { kind: "few", words: text("figures.few") },
      { kind: "many", words: text("figures.many") },
    ],
    table: {
      columns: [text("figures.hour"), ...rows.map(({ label }) => label)],
      rows: HOURS.map((hour) => [text("figures.clock", { hour }), ...rows.map(({ values }) => count(values[hour]))]),
    },
    drawing: hourStrip({ rows, words }),
  });
}
