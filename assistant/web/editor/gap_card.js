/** One gap: what was asked, how often, which items are near, and what can be done. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { FACETS } from "./facets.js";
import { button, when } from "./parts.js";

export class GapCard {
  /** `decide(gap, state)` and `propose(gap, {item_id, facet, sentence})` hear what the editor wants. */
  constructor(gap, workshop, decide, propose) {
    this.gap = gap;
    this.workshop = workshop;
    this.propose = propose;
    this.form = workshop.canWrite ? this.#form() : null;
    this.ask = button("editor.add_ask", () => this.#openForm());
    this.#offerAsk();
    this.node = element(
      "article",
      { class: "panel card gap" },
      element(
        "header",
        {},
        element("h3", {}, gap.title),
        element("span", { class: "tally" }, element("b", {}, gap.count), text("editor.times")),
      ),
      element(
        "p",
        { class: "facts" },
        text("editor.gap_facts", { conversations: gap.conversations, first: when(gap.first), last: when(gap.last) }),
        gap.whys.map(({ label, count }) => element("span", { class: "why" }, `${label} ${count}`)),
      ),
      gap.examples.length > 1 &&
        element("ul", { class: "examples" }, gap.examples.slice(1).map((example) => element("li", {}, example))),
      element(
        "div",
        { class: "proposal" },
        element("p", {}, gap.proposal),
        gap.near.length > 0 &&
          element(
            "ul",
            { class: "near" },
            gap.near.map(({ item_id: id, name, score }) =>
              element("li", {}, element("a", { href: `#item/${id}` }, name), element("span", {}, `${Math.round(score * 100)}%`)),
            ),
          ),
      ),
      this.form,
      workshop.canWrite &&
        element(
          "footer",
          { class: "deeds" },
          gap.state === "open"
            ? [
                this.ask,
                button("editor.gap_settle", () => decide(gap, "settled")),
                button("editor.gap_dismiss", () => decide(gap, "dismissed")),
              ]
            : button("editor.gap_reopen", () => decide(gap, "open")),
        ),
    );
  }

  #form() {
    this.names = element("datalist", { id: `items-of-${this.gap.id}` });
    this.item = element("input", { type: "text", required: true, list: this.names.id, value: this.gap.near[0]?.name ?? "" });
    this.item.addEventListener("input", () => this.item.setCustomValidity(""));
    this.facet = element(
      "select",
      {},
      FACETS.map((facet) => element("option", { value: facet }, text(`editor.facet_${facet}`))),
    );
    this.sentence = element("input", { type: "text", required: true, maxlength: "120", value: this.gap.title });
    return element(
      "form",
      { class: "ask-form", hidden: true, onsubmit: (event) => this.#submit(event) },
      element("label", {}, text("editor.ask_item"), this.item, this.names),
      element("label", {}, text("editor.ask_facet"), this.facet),
      element("label", { class: "wide" }, text("editor.ask_sentence"), this.sentence),
      element("p", { class: "hint" }, text("editor.ask_hint")),
      element("button", { class: "button primary", type: "submit" }, text("editor.ask_submit")),
    );
  }

  async #openForm() {
    this.form.hidden = !this.form.hidden;
    this.#offerAsk();
    if (this.form.hidden) return;
    this.sentence.focus();
    const items = await this.#items();
    this.names.replaceChildren(...items.map(({ name }) => element("option", { value: name })));
  }

  /** Say on the button whether it opens the form or leaves it. */
  #offerAsk() {
    const open = this.form !== null && !this.form.hidden;
    this.ask.textContent = text(open ? "editor.cancel" : "editor.add_ask");
    this.ask.classList.toggle("primary", Boolean(this.gap.item_id) && !open);
    this.ask.setAttribute("aria-expanded", String(open));
  }

  /** Ask for the items once; who submits before they are there waits for them, and a failure is asked again. */
  async #items() {
    this.asked ??= this.workshop.act(() => this.workshop.api.items());
    const items = await this.asked;
    if (!items) this.asked = undefined;
    return items ?? [];
  }

  async #submit(event) {
    event.preventDefault();
    const chosen = [...this.gap.near, ...(await this.#items())].find(({ name }) => name === this.item.value.trim());
    if (!chosen) {
      this.item.setCustomValidity(text("editor.ask_no_item"));
      this.item.reportValidity();
      return;
    }
    this.propose(this.gap, { item_id: chosen.item_id, facet: this.facet.value, sentence: this.sentence.value.trim() });
  }
}
