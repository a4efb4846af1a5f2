/** Charts along the period: by day, or by hour of a single day. */
import { text } from "../texts.js";
import { chart } from "./charts/chart.js";
import { lineChart } from "./charts/line_chart.js";
import { count, shortDay } from "./numbers.js";

/** Return the conversations of now and of before. */
export function conversationsAlongTime({ unit, points }) {
  return alongTime(`figures.conversations_by_${unit}`, unit, points, [
    { kind: "now", key: "figures.now", value: ({ conversations }) => conversations },
    { kind: "before", key: "figures.before", value: ({ before }) => before },
  ]);
}

/** Return what was submitted and issued by day; nothing for a single day, whose numbers stand above. */
export function applicationsAlongTime({ unit, points }) {
  if (unit === "hour") return null;
  return alongTime("figures.applications_by_day", unit, points, [
    { kind: "now", key: "figures.submitted", value: ({ submitted }) => submitted },
    { kind: "before", key: "figures.issued", value: ({ issued }) => issued },
  ]);
}

function alongTime(titleKey, unit, points, series) {
  const labels = points.map(({ at }) => (unit === "hour" ? text("figures.clock", { hour: at }) : shortDay(at)));
  const words = (number) =>
    text("figures.point", {
      at: labels[number],
      values: series
        .map(({ key, value }) => text("figures.value", { name: text(key), value: count(value(points[number])) }))
        .join(text("figures.separator")),
    });
  return chart({
    title: text(titleKey),
    legend: series.map(({ kind, key }) => ({ kind, words: text(key) })),
    table: {
      columns: [text(`figures.${unit}`), ...series.map(({ key }) => text(key))],
      rows: points.map((point, number) => [labels[number], ...series.map(({ value }) => count(value(point)))]),
    },
    drawing: lineChart({
      labels,
      lines: series.map(({ kind, value }) => ({ kind, values: points.map(value) })),
      words,
    }),
  });
}
