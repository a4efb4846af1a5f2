/** Narrow the trail: quick filters, and a form with person, kind of action, days and subject. */
import { element } from "../dom.js";
import { text } from "../texts.js";

const NOTHING = { who: "", group: "", first: "", last: "", subject: "" };
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

export class FilterBar {
  #chosen = NOTHING;
  #unmasking = "";

  /** `changed()` hears of each choice. */
  constructor(changed) {
    this.changed = changed;
    this.quick = {
      everything: this.#chip("everything", () => ({})),
      unmasking: this.#chip("unmasking", () => ({ group: this.#unmasking })),
      today: this.#chip("today", () => ({ first: dayBefore(0), last: dayBefore(0) })),
      week: this.#chip("week", () => ({ first: dayBefore(WEEK_DAYS - 1), last: dayBefore(0) })),
    };
    this.fields = {
      who: element("select", {}, option("", text("audit.anybody"))),
      group: element("select", {}, option("", text("audit.any_group"))),
      first: element("input", { type: "date" }),
      last: element("input", { type: "date" }),
      subject: element("input", { type: "search", autocomplete: "off", placeholder: text("audit.subject_hint") }),
    };
    this.node = element(
      "div",
      { class: "filters" },
      element("div", { class: "chips", role: "group", "aria-label": text("audit.quick") }, Object.values(this.quick)),
      element(
        "form",
        { class: "panel", role: "search", "aria-label": text("audit.filters"), onsubmit: (event) => this.#submit(event) },
        Object.entries(this.fields).map(([name, field]) =>
          element("label", { class: `field-${name}` }, element("span", {}, text(`audit.filter_${name}`)), field),
        ),
        element(
          "div",
          { class: "deeds" },
          element("button", { class: "button primary", type: "submit" }, text("audit.filter")),
          element("button", { class: "button", type: "button", onclick: () => this.narrow({}) }, text("audit.clear")),
        ),
      ),
    );
    this.#mark();
  }

  /** The filters that are in force. */
  get chosen() {
    return this.#chosen;
  }

  /** Whether nothing is left out. */
  get isOpen() {
    return Object.values(this.#chosen).every((value) => !value);
  }

  /** Offer who and what may be chosen: `people` [{account, name}], `groups` [{key, label}]. */
  offer({ people, groups, unmasking }) {
    this.#unmasking = unmasking;
    this.quick.unmasking.disabled = false;
    this.fields.who.append(
      ...people.map(({ account, name }) =>
        option(account, name === account ? name : text("audit.person", { name, account })),
      ),
    );
    this.fields.group.append(...groups.map(({ key, label }) => option(key, label)));
  }

  /** Put these filters in force and no others; `focused` names the field that the focus moves to. */
  narrow(filter, focused) {
    this.clear();
    this.fields[focused]?.focus();
    this.#choose({ ...NOTHING, ...filter });
  }

  /** Take every filter away, and tell nobody. */
  clear() {
    this.#fill(NOTHING);
    this.#chosen = NOTHING;
    this.#mark();
  }

  #chip(name, filter) {
    return element(
      "button",
      { class: "chip", type: "button", disabled: name === "unmasking", onclick: () => this.narrow(filter()) },
      text(`audit.quick_${name}`),
    );
  }

  #submit(event) {
    event.preventDefault();
    this.#choose(Object.fromEntries(Object.entries(this.fields).map(([name, field]) => [name, field.value.trim()])));
  }

  #choose(filter) {
    this.#fill(filter);
    this.#chosen = filter;
    this.#mark();
    this.changed();
  }

  #fill(filter) {
    for (const [name, field] of Object.entries(this.fields)) field.value = filter[name];
  }

  /** Show which quick filter is what is in force. */
  #mark() {
    const { who, group, first, last, subject } = this.#chosen;
    const days = !who && !group && !subject && last === dayBefore(0);
    const pressed = {
      everything: this.isOpen,
      unmasking: group !== "" && group === this.#unmasking && !who && !first && !last && !subject,
      today: days && first === dayBefore(0),
      week: days && first === dayBefore(WEEK_DAYS - 1),
    };
    for (const [name, chip] of Object.entries(this.quick)) chip.setAttribute("aria-pressed", String(pressed[name]));
  }
}

/** Return a day in China as YYYY-MM-DD, some days ago. */
function dayBefore(days) {
  return new Date(Date.now() - days * DAY_MS).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
}

function option(value, words) {
  return element("option", { value }, words);
}
