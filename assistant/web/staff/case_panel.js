/** What the conversation is about: the item and why, and the application so far, its personal values masked. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";

const SHOWN_MS = 60_000;
const WIDE = matchMedia("(min-width: 80.0625rem)");

export class CasePanel {
  /** Values seen of the conversation shown, by field: {whole, timer}. */
  #seen = new Map();
  /** How each masked value is painted, by field. */
  #paint = new Map();

  /** `unmask(field)` resolves to a value, or null when it may not be seen. */
  constructor(unmask) {
    this.unmask = unmask;
    this.content = element("div", {});
    this.mayUnmask = false;
    this.node = element(
      "details",
      { class: "case", open: WIDE.matches },
      element("summary", {}, text("staff.case")),
      this.content,
    );
    WIDE.addEventListener("change", () => this.node.toggleAttribute("open", WIDE.matches));
  }

  /** Show a conversation's case, {item, application}, values seen staying so; null while another is fetched. */
  show(found) {
    if (!found) this.#forget();
    this.#paint.clear();
    const { item = null, application = null } = found ?? {};
    this.content.replaceChildren(
      ...[
        !found && element("p", { class: "hint" }, text("workplace.loading")),
        found && !item && !application && element("p", { class: "hint" }, text("staff.case_none")),
        item && about(item),
        application && this.#application(application),
      ].filter(Boolean),
    );
  }

  /** Whether the reader has the conversation: only then values can be seen. */
  set mine(mine) {
    this.mayUnmask = mine;
    for (const button of this.content.querySelectorAll(".unmask")) button.disabled = !mine;
  }

  #application({ name, state, fields }) {
    const rows = fields.map((field) =>
      element(
        "div",
        {},
        element("dt", {}, field.label),
        element("dd", {}, field.masked ? this.#masked(field) : field.value),
      ),
    );
    return element(
      "section",
      { class: "application" },
      element("h3", {}, text("staff.application"), element("span", { class: "mark" }, state)),
      element("p", {}, name),
      rows.length > 0 ? element("dl", {}, rows) : element("p", { class: "hint" }, text("staff.application_empty")),
    );
  }

  #masked({ field, label, value }) {
    const shown = element("span", {});
    const button = element(
      "button",
      { class: "unmask", type: "button", disabled: !this.mayUnmask, onclick: () => this.#toggle(field) },
      shown,
      icon("eye"),
    );
    button.title = text("staff.unmask_hint");
    const paint = () => {
      const seen = this.#seen.get(field);
      shown.textContent = seen ? seen.whole : value;
      button.setAttribute("aria-pressed", String(Boolean(seen)));
      button.setAttribute("aria-label", text(seen ? "staff.mask" : "staff.unmask", { label, value: shown.textContent }));
    };
    this.#paint.set(field, paint);
    paint();
    return button;
  }

  async #toggle(field) {
    if (this.#seen.has(field)) {
      this.#hide(field);
      return;
    }
    const seen = this.#seen;
    const whole = await this.unmask(field);
    if (whole === null || seen !== this.#seen || seen.has(field)) return;
    seen.set(field, { whole, timer: setTimeout(() => this.#hide(field), SHOWN_MS) });
    this.#paint.get(field)?.();
  }

  #hide(field) {
    clearTimeout(this.#seen.get(field)?.timer);
    this.#seen.delete(field);
    this.#paint.get(field)?.();
  }

  #forget() {
    for (const { timer } of this.#seen.values()) clearTimeout(timer);
    this.#seen = new Map();
  }
}

function about({ name, why }) {
  return element(
    "section",
    { class: "focus" },
    element("h3", {}, text("staff.focus")),
    element("p", { class: "name" }, icon("book"), name),
    element("p", { class: "hint" }, why),
  );
}
