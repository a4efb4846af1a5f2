/** Draft for a question that came by phone or letter. */
import { element } from "../dom.js";
import { clock } from "../time.js";
import { text } from "../texts.js";
import { DraftCard } from "./draft_card.js";

const LONGEST = 4000;

export class AskView {
  constructor(workplace, calls) {
    this.act = (deed) => workplace.act(deed);
    this.calls = calls;
    this.ways = ["phone", "letter"].map((by) => ({ label: `drafts.by_${by}`, use: (words, draft) => this.#told(words, draft, by) }));
    this.question = element("textarea", {
      rows: "3",
      required: true,
      maxlength: String(LONGEST),
      placeholder: text("drafts.question_placeholder"),
    });
    this.submit = element("button", { class: "button primary", type: "submit" }, text("drafts.submit"));
    this.about = element("p", { class: "lead", role: "status" });
    this.cards = element("div", { class: "cards" });
    this.results = element("section", { class: "results", hidden: true }, element("h2", {}, text("drafts.results")), this.about, this.cards);
    this.list = element("ul", { class: "card-list" });
    this.empty = element("p", { class: "lead" }, text("drafts.recent_none"));
    this.node = element(
      "div",
      { class: "page wide asking" },
      element(
        "div",
        { class: "work" },
        element(
          "form",
          { onsubmit: (event) => this.#ask(event) },
          element("h2", {}, text("drafts.heading")),
          element("p", { class: "lead" }, text("drafts.lead")),
          element("label", {}, text("drafts.question"), this.question),
          this.submit,
        ),
        this.results,
      ),
      element("aside", { class: "recent" }, element("h2", {}, text("drafts.recent")), this.empty, this.list),
    );
  }

  async open() {
    await this.#showRecent();
    this.question.focus();
  }

  async #ask(event) {
    event.preventDefault();
    const question = this.question.value.trim();
    if (!question || this.submit.disabled) return;
    this.submit.disabled = true;
    this.submit.textContent = text("drafts.loading");
    const drafted = await this.act(() => this.calls.forQuestion(question));
    this.submit.disabled = false;
    this.submit.textContent = text("drafts.submit");
    if (!drafted) return;
    this.#show(drafted);
    await this.#showRecent();
  }

  #show({ question, sure, drafts }) {
    const unsure = drafts.length && !sure ? ` · ${text("drafts.unsure")}` : "";
    this.about.textContent = text(drafts.length ? "drafts.for" : "drafts.none", { question }) + unsure;
    this.cards.replaceChildren(...drafts.map((draft) => new DraftCard(draft, this.calls, this.act, this.ways).node));
    this.results.hidden = false;
  }

  async #told(words, draft, by) {
    const outcome = await this.act(() => this.calls.told(draft.draft_id, words, by));
    if (outcome) this.#showRecent();
    return outcome;
  }

  async #showRecent() {
    const questions = await this.act(() => this.calls.recent());
    if (!questions) return;
    this.empty.hidden = questions.length > 0;
    this.list.replaceChildren(...questions.map((one) => this.#line(one)));
  }

  #line({ question, at, drafts, outcome, item }) {
    const state = outcome ?? (drafts ? "open" : "undrafted");
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", "aria-label": text("drafts.again", { question }), onclick: () => this.#again(question) },
        element("span", { class: "asked" }, question),
        element("span", { class: "state", dataset: { state } }, text(`drafts.outcome_${state}`)),
        element("span", { class: "item" }, item),
        element("time", { datetime: at }, clock(at, Date.now())),
      ),
    );
  }

  #again(question) {
    this.question.value = question;
    this.submit.focus();
  }
}
