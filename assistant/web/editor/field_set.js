/** Fields bound to the properties of plain objects, each known by its place in the guide, such as "fee.standard". */
import { element } from "../dom.js";
import { text } from "../texts.js";

let fields = 0;

export class FieldSet {
  #places = new Map();
  #problems = [];

  /** `changed()` hears of each change; `choices` are the values of choice fields, by name. */
  constructor(changed, choices) {
    this.changed = changed;
    this.choices = choices;
  }

  /** Return a field for `owner[name]`; `kind` is text, area, lines, number, date, check, choice or choices. */
  field(owner, name, kind, place, label = text(`editor.field_${place.replace(/\.\d+(?=\.|$)/g, "")}`), fallback = null) {
    const input = this.#input(owner, name, kind, fallback);
    const problem = element("p", { class: "wrong", id: `problem-${(fields += 1)}` });
    input.setAttribute("aria-describedby", problem.id);
    const node =
      kind === "choices"
        ? element("div", { class: "field wide" }, input, problem)
        : kind === "check"
          ? element("div", { class: "field check" }, element("label", {}, input, label), problem)
          : element("div", { class: `field ${kind}` }, element("label", {}, label, input), problem);
    this.register(place, node, problem, input);
    return node;
  }

  /** Make a node known as the place of a part of the guide. */
  register(place, node, problem, input) {
    this.#places.set(place, { node, problem, input });
  }

  /** Forget the places below a part, whose nodes are about to be made anew. */
  forget(part) {
    for (const place of [...this.#places.keys()]) if (place.startsWith(`${part}.`)) this.#places.delete(place);
  }

  /** Show each problem at the field that is nearest to it. */
  showProblems(problems = this.#problems) {
    this.#problems = problems;
    for (const { node, problem, input } of this.#places.values()) {
      problem.replaceChildren();
      node.classList.remove("error", "warning");
      input?.removeAttribute("aria-invalid");
    }
    for (const { element: place, level, text: words } of problems) {
      const known = this.#nearest(place);
      if (!known) continue;
      known.problem.append(element("span", { class: level }, words));
      known.node.classList.add(level);
      if (level === "error") known.input?.setAttribute("aria-invalid", "true");
    }
  }

  holds(place) {
    return Boolean(this.#nearest(place));
  }

  focus(place) {
    const known = this.#nearest(place);
    const target = known?.input?.matches?.("input, textarea, select") ? known.input : known?.node.querySelector("input, textarea, select, button");
    target?.focus();
    known?.node.scrollIntoView({ block: "center" });
    return Boolean(known);
  }

  #nearest(place) {
    for (let own = place; own; own = own.includes(".") ? own.slice(0, own.lastIndexOf(".")) : "") {
      if (this.#places.has(own)) return this.#places.get(own);
    }
    return null;
  }

  #input(owner, name, kind, fallback) {
    const set = (value) => {
      if (value === undefined) delete owner[name];
      else owner[name] = value;
      this.changed();
    };
    return INPUTS[kind](owner[name] ?? fallback, set, this.choices[name] ?? []);
  }
}

/** Kind → (value, set, choices) → the element that shows and changes the value; undefined takes a property away. */
const INPUTS = {
  text: (value, set) => typed("input", value, (words) => set(words || undefined)),
  area: (value, set) => typed("textarea", value, (words) => set(words || undefined)),
  date: (value, set) => element("input", { type: "date", value: value ?? "", oninput: ({ target }) => set(target.value || null) }),
  number: (value, set) =>
    element("input", {
      type: "number",
      min: "0",
      inputmode: "numeric",
      value: value ?? "",
      oninput: ({ target }) => set(target.value === "" ? null : Number(target.value)),
    }),
  check: (value, set) => element("input", { type: "checkbox", checked: Boolean(value), onchange: ({ target }) => set(target.checked) }),
  lines: (value, set) => {
    const area = typed("textarea", (value ?? []).join("\n"), (words) => {
      const lines = words.split("\n").map((line) => line.trim()).filter(Boolean);
      set(lines.length ? lines : undefined);
    });
    area.rows = Math.min(12, Math.max(2, (value ?? []).length));
    return area;
  },
  choice: (value, set, choices) =>
    element(
      "select",
      { onchange: ({ target }) => set(target.value) },
      [...new Set([value ?? "", ...choices])].map((one) => element("option", { value: one, selected: one === value }, one === "both" ? text("editor.both") : one)),
    ),
  choices: (value, set, choices) => {
    const chosen = new Set(value ?? []);
    const toggle = (one, on) => {
      if (on) chosen.add(one);
      else chosen.delete(one);
      set(choices.filter((own) => chosen.has(own)));
    };
    return element(
      "div",
      { class: "choices" },
      choices.map((one) =>
        element("label", {}, element("input", { type: "checkbox", checked: chosen.has(one), onchange: ({ target }) => toggle(one, target.checked) }), one),
      ),
    );
  },
};

function typed(tag, value, set) {
  const node = element(tag, { ...(tag === "input" ? { type: "text" } : { rows: "2" }), oninput: () => set(node.value) });
  node.value = value ?? "";
  return node;
}
