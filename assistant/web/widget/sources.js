/** Where an answer comes from, folded under it. */
import { element } from "../dom.js";
import { CHINESE, prose } from "../prose.js";
import { titled } from "../titles.js";
import { text } from "../wording.js";

const SAMPLE = "sample";

/** Return the reply's sources, its plain text when it was rephrased, and its notice; null when it cites nothing. */
export function sources({ citations, notice, rephrased, plain_text: plainText }) {
  const warning = notice ?? (citations.some(({ sample }) => sample) ? text("source.sample") : null);
  if (citations.length === 0 && !warning) return null;
  return element(
    "div",
    { class: "sources" },
    citations.length > 0 &&
      element(
        "details",
        {},
        element("summary", {}, summary(citations.length, rephrased)),
        rephrased && plain(plainText),
        byGuide(citations).map(guide),
      ),
    warning && element("p", { class: "notice", ...(notice && CHINESE) }, warning),
  );
}

function summary(count, rephrased) {
  const said = text("source.summary", { count });
  return rephrased ? `${said} · ${text("source.rephrased")}` : said;
}

function plain(words) {
  return element("section", { class: "plain" }, element("h4", {}, text("source.plain")), prose(words));
}

function byGuide(citations) {
  const guides = new Map();
  for (const cited of citations) guides.set(cited.item_name, [...(guides.get(cited.item_name) ?? []), cited]);
  return [...guides.values()];
}

function guide(citations) {
  return element(
    "section",
    {},
    element("h4", {}, citations[0].item ? text("source.guide", { name: titled(citations[0].item_name) }) : citations[0].item_name),
    element(
      "table",
      {},
      element(
        "tr",
        {},
        ["source.field", "source.origin", "source.checked"].map((key) => element("th", { scope: "col" }, text(key))),
      ),
      citations.map((cited) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, cited.field_label),
          element("td", {}, cited.source === SAMPLE ? text("source.sample_origin") : origin(cited.source)),
          element("td", {}, cited.checked ?? text("source.unchecked")),
        ),
      ),
    ),
  );
}

/** Return a source as it stands, an address as a link. */
function origin(source) {
  return /^https?:\/\//.test(source)
    ? element("a", { href: source, target: "_blank", rel: "noopener noreferrer" }, source)
    : source;
}
