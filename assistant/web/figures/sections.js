/** The sections below the headline, each of a few charts. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { barChart } from "./charts/bar_chart.js";
import { chart, dataTable } from "./charts/chart.js";
import { busyHours } from "./busy_hours.js";
import { count, duration, share } from "./numbers.js";
import { applicationsAlongTime, conversationsAlongTime } from "./along_time.js";

const COMPARED = [
  { kind: "now", key: "figures.now" },
  { kind: "before", key: "figures.before" },
];

/** Return the sections of a period's figures. */
export function sections({ traffic, answers, desk, applications, items, satisfaction }) {
  return [
    section("traffic", ways(traffic.ways), conversationsAlongTime(traffic), busyHours(traffic)),
    section(
      "answers",
      null,
      bars("figures.turns_by_status", "figures.status", answers),
      bars("figures.top_items", "figures.item", items),
    ),
    section(
      "desk",
      null,
      deskTiles(desk),
      bars("figures.reasons", "figures.reason", desk.reasons),
      bars("figures.outcomes", "figures.outcome", desk.outcomes),
    ),
    section("satisfaction", null, bars("figures.ratings", "figures.level", satisfaction)),
    section(
      "applications",
      applications.in_time_share === null
        ? null
        : text("figures.in_time", { share: share(applications.in_time_share) }),
      applicationsAlongTime(traffic),
      byItem(applications),
    ),
  ].filter(Boolean);
}

function section(name, remark, ...parts) {
  return element(
    "section",
    { class: `figures-section ${name}` },
    element("h3", {}, text(`figures.${name}`), remark ? element("small", {}, remark) : null),
    element("div", { class: "parts" }, parts),
  );
}

/** Return a chart of bars; where every one is empty, say so. */
function bars(titleKey, nameKey, rows) {
  const title = text(titleKey);
  if (!rows.length) return nothing(title);
  const words = ({ label, value, before }) =>
    text("figures.point", {
      at: label,
      values: [
        text("figures.value", { name: text("figures.now"), value: count(value) }),
        text("figures.value", { name: text("figures.before"), value: count(before) }),
      ].join(text("figures.separator")),
    });
  return chart({
    title,
    legend: COMPARED.map(({ kind, key }) => ({ kind, words: text(key) })),
    table: {
      columns: [text(nameKey), text("figures.now"), text("figures.before")],
      rows: rows.map(({ label, value, before }) => [label, count(value), count(before)]),
    },
    drawing: barChart({ bars: rows, words: (number) => words(rows[number]) }),
  });
}

function ways(found) {
  const all = found.reduce((sum, { turns }) => sum + turns, 0);
  if (!all) return null;
  const of = (way) => share((found.find((one) => one.way === way)?.turns ?? 0) / all);
  return text("figures.ways", {
    typed: text("figures.way_typed", { share: of("typed") }),
    spoken: text("figures.way_spoken", { share: of("spoken") }),
  });
}

function deskTiles(desk) {
  const tile = (key, value, ...more) =>
    element(
      "div",
      { class: "tile" },
      element("dt", {}, text(key)),
      element("dd", { class: "value" }, value),
      more.map((words) => element("dd", { class: "change" }, words)),
    );
  const within = ({ p90 }) => text("figures.within", { time: duration(p90) });
  return element(
    "dl",
    { class: "tiles wide" },
    tile("figures.waiting", duration(desk.waiting.median), within(desk.waiting)),
    tile("figures.handling", duration(desk.handling.median), within(desk.handling)),
    tile("figures.abandoned", count(desk.abandoned)),
    tile("figures.long_waits", count(desk.long_waits)),
    tile("figures.no_answers", count(desk.no_answers)),
  );
}

function byItem({ states, items }) {
  const title = text("figures.applications_by_item");
  if (!items.length) return nothing(title);
  const columns = [text("figures.item"), ...states.map(({ label }) => label), text("figures.overdue")];
  const rows = items.map(({ label, counts, overdue }) => [label, ...counts.map(count), overdue ? late(overdue) : count(0)]);
  return element(
    "div",
    { class: "panel chart" },
    element("h4", {}, title),
    element("div", { class: "chart-table" }, dataTable(title, { columns, rows })),
  );
}

function late(overdue) {
  return element("strong", { class: "late" }, count(overdue));
}

function nothing(title) {
  return element("div", { class: "panel chart" }, element("h4", {}, title), element("p", { class: "empty" }, text("figures.empty")));
}
