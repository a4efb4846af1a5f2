/** A list whose entries are added, moved and taken away: of texts, or of objects with several fields. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";

export class RowList {
  /** `columns` are the fields of an entry, [name, kind, what a missing value stands for]; null means entries are texts. */
  constructor(fields, entries, columns, place) {
    this.fields = fields;
    this.entries = entries;
    this.columns = columns;
    this.place = place;
    this.list = element("ol", { class: "entries" });
    this.problem = element("p", { class: "wrong" });
    this.add = element("button", { class: "button", type: "button", onclick: () => this.#add() }, text(`editor.add_${place}`));
    this.node = element("div", { class: "field wide" }, this.list, this.problem, this.add);
    this.#fill();
  }

  #fill() {
    this.fields.forget(this.place);
    this.fields.register(this.place, this.node, this.problem, this.add);
    this.list.replaceChildren(...this.entries.map((_, index) => this.#row(index)));
    this.fields.showProblems();
  }

  #row(index) {
    const place = `${this.place}.${index}`;
    const content = this.columns ? this.columns.map((column) => this.#cell(index, column)) : [this.#sentence(index)];
    const problem = element("p", { class: "wrong" });
    const row = element(
      "li",
      {},
      element("div", { class: this.columns ? "fields" : "sentence" }, content),
      element(
        "div",
        { class: "tools" },
        this.#tool("up", index, () => this.#move(index, index - 1), index === 0),
        this.#tool("down", index, () => this.#move(index, index + 1), index === this.entries.length - 1),
        this.#tool("remove", index, () => this.#remove(index)),
      ),
      problem,
    );
    if (this.columns) this.fields.register(place, row, problem, null);
    return row;
  }

  #cell(index, [name, kind, fallback]) {
    return this.fields.field(this.entries[index], name, kind, `${this.place}.${index}.${name}`, undefined, fallback);
  }

  /** A text, or a condition whose number decides: its words and its bounds. */
  #sentence(index) {
    const place = `${this.place}.${index}`;
    const label = text("editor.entry", { number: index + 1 });
    const entry = this.entries[index];
    if (typeof entry !== "object" || entry === null) return this.fields.field(this.entries, index, "area", place, label);
    return element(
      "div",
      { class: "bounded" },
      this.fields.field(entry, "text", "area", `${place}.text`, label),
      ["at_least", "at_most"].map((bound) =>
        this.#bound(entry, bound, place),
      ),
    );
  }

  #bound(entry, bound, place) {
    const label = text(`editor.${bound}`, { quantity: entry.quantity });
    const node = this.fields.field(entry, bound, "number", `${place}.${bound}`, label);
    node.querySelector("input").addEventListener("input", () => {
      if (entry[bound] === null) delete entry[bound];
    });
    return node;
  }

  #tool(name, index, act, disabled = false) {
    const said = text(`editor.row_${name}`, { number: index + 1 });
    const drawn = { up: "raise", down: "down", remove: "close" }[name];
    return element("button", { type: "button", class: "tool", "aria-label": said, title: said, disabled, onclick: act }, icon(drawn));
  }

  #add() {
    this.entries.push(this.columns ? Object.fromEntries(this.columns.flatMap(([name, kind]) => START[kind]?.(name) ?? [])) : "");
    this.#changed();
    this.list.lastElementChild.querySelector("input, textarea").focus();
  }

  #move(from, to) {
    this.entries.splice(to, 0, ...this.entries.splice(from, 1));
    this.#changed();
    this.list.children[to].querySelector(".tool:not(:disabled)").focus();
  }

  #remove(index) {
    this.entries.splice(index, 1);
    this.#changed();
    (this.list.children[index] ?? this.list.lastElementChild)?.querySelector("input, textarea").focus();
    if (!this.entries.length) this.add.focus();
  }

  #changed() {
    this.#fill();
    this.fields.changed();
  }
}

/** What a new entry holds from the start, by kind: a number of one, unchecked boxes that must be said. */
const START = {
  number: (name) => [[name, 1]],
  check: (name) => (name === "citywide" ? [[name, false]] : []),
};
