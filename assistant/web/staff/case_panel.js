/** What the conversation is about: the item and why, and the application so far, its personal values masked. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";

const SHOWN_MS = 60_000;
const WIDE = matchMedia("(min-width: 80.0625rem)");

export class CasePanel {
  #timers = new Set();

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

  /** Show a conversation's case, {item, application}; null while it is fetched. */
  show(found) {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
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
      element("h3", {}, text("staff.application"), element("span", { class: "chip" }, state)),
      element("p", {}, name),
      rows.length > 0 ? element("dl", {}, rows) : element("p", { class: "hint" }, text("staff.application_empty")),
    );
  }

  #masked({ field, label, value }) {
    const shown = element("span", {}, value);
    const button = element(
      "button",
      { class: "unmask", type: "button", "aria-pressed": "false", disabled: !this.mayUnmask, onclick: toggle },
      shown,
      icon("eye"),
    );
    const name = (key) => button.setAttribute("aria-label", text(key, { label, value: shown.textContent }));
    const timers = this.#timers;
    const unmask = this.unmask;
    let timer = null;
    name("staff.unmask");
    button.title = text("staff.unmask_hint");

    function mask() {
      clearTimeout(timer);
      timers.delete(timer);
      shown.textContent = value;
      button.setAttribute("aria-pressed", "false");
      name("staff.unmask");
    }

    async function toggle() {
      if (button.getAttribute("aria-pressed") === "true") return mask();
      const whole = await unmask(field);
      if (whole === null || !button.isConnected) return undefined;
      shown.textContent = whole;
      button.setAttribute("aria-pressed", "true");
      name("staff.mask");
      timer = setTimeout(mask, SHOWN_MS);
      timers.add(timer);
      return undefined;
    }

    return button;
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
