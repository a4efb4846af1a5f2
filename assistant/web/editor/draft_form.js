/** The form of a guide: its common fields and its ways of asking, what is wrong beside each. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { FACETS } from "./facets.js";
import { FieldSet } from "./field_set.js";
import { RowList } from "./row_list.js";

/** Columns of the lists whose entries have several fields: [name, kind, where choices come from]. */
const MATERIAL = [
  ["name", "text"],
  ["form", "choice"],
  ["number", "number"],
  ["medium", "choice"],
  ["required", "check", true],
  ["shared", "check", false],
  ["note", "text"],
];
const PLACE = [["district", "text"], ["name", "text"], ["hours", "text"], ["citywide", "check", false], ["note", "text"]];
const QUESTION = [["question", "area"], ["answer", "area"]];

export class DraftForm {
  /** `changed({guide, asks})` hears of each change; `choices` are the values of choice fields. */
  constructor({ guide, asks, problems }, choices, changed) {
    this.guide = structuredClone(guide);
    this.asks = structuredClone(asks);
    const tell = () => changed({ guide: this.guide, asks: this.asks });
    this.fields = new FieldSet(tell, choices);
    this.node = element(
      "form",
      { class: "guide-form", onsubmit: (event) => event.preventDefault() },
      this.#basics(),
      this.#list("conditions", null),
      this.#list("materials", MATERIAL),
      this.#list("steps", null),
      this.#limits(),
      this.#list("places", PLACE),
      this.#channels(),
      this.#list("questions", QUESTION),
      this.#asksSection(),
      this.#origin(),
      element("p", { class: "hint" }, text("editor.rest_in_yaml")),
    );
    this.showProblems(problems);
  }

  /** Show what is wrong beside its field. */
  showProblems(problems) {
    this.fields.showProblems(problems);
  }

  /** Tell whether the form has a place for a problem. */
  holds(place) {
    return this.fields.holds(place);
  }

  /** Move to the field of a problem; tell whether there is one. */
  focus(place) {
    return this.fields.focus(place);
  }

  #basics() {
    const own = (name, kind) => this.fields.field(this.guide, name, kind, name);
    return section(
      "basics",
      own("name", "text"),
      own("summary", "area"),
      own("aliases", "lines"),
      own("department", "text"),
      own("audience", "choice"),
      own("item_type", "choice"),
    );
  }

  #limits() {
    const inside = (part, name, kind) => this.fields.field(this.#part(part), name, kind, `${part}.${name}`);
    return section(
      "limits",
      inside("time_limits", "promised", "number"),
      inside("time_limits", "legal", "number"),
      inside("time_limits", "note", "text"),
      inside("fee", "standard", "text"),
      inside("fee", "charged", "check"),
      this.fields.field(this.guide, "visits", "number", "visits"),
      inside("result", "name", "text"),
      inside("result", "validity", "text"),
    );
  }

  #channels() {
    return section("channels", this.fields.field(this.guide, "channels", "choices", "channels", text("editor.part_channels")));
  }

  #asksSection() {
    return section(
      "asks",
      element("p", { class: "hint wide" }, text("editor.asks_hint")),
      ...FACETS.map((facet) => this.fields.field(this.asks, facet, "lines", `asks.${facet}`, text(`editor.facet_${facet}`))),
    );
  }

  #origin() {
    const own = (name, kind) => this.fields.field(this.guide, name, kind, name);
    return section("origin", own("source", "text"), own("checked", "date"), own("sample", "check"));
  }

  #list(name, columns) {
    if (!Array.isArray(this.guide[name])) this.guide[name] = [];
    const list = new RowList(this.fields, this.guide[name], columns, name);
    return section(name, list.node);
  }

  #part(name) {
    if (typeof this.guide[name] !== "object" || this.guide[name] === null) this.guide[name] = {};
    return this.guide[name];
  }
}

function section(name, ...content) {
  return element("fieldset", { class: `panel part ${name}` }, element("legend", {}, text(`editor.part_${name}`)), element("div", { class: "fields" }, content));
}
