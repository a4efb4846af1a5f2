/** The drafts beside a conversation: up to three for what the citizen said last. */
import "../drafts/texts.zh-CN.js";
import { element } from "../dom.js";
import { DraftCalls } from "../drafts/draft_calls.js";
import { DraftCard } from "../drafts/draft_card.js";
import { Refused } from "../signed_in_api.js";
import { text } from "../texts.js";

const WIDE = matchMedia("(min-width: 80.0625rem)");
const WITH_PERSON = "with_person";
const NOTHING_ASKED = 400;

export class DraftsPane {
  #key = null;
  #cards = [];

  /**
   * `act(deed)` runs a deed on the server, `insert(words, draftId)` puts a draft into the reply box,
   * `send(words, draftId)` sends it and resolves to whether it was sent.
   */
  constructor(api, act, insert, send) {
    this.calls = new DraftCalls(api);
    this.act = act;
    this.ways = [
      { label: "drafts.insert", use: (words, draft) => insert(words, draft.draft_id) },
      { label: "drafts.send", use: (words, draft) => send(words, draft.draft_id) },
    ];
    this.about = element("p", { class: "lead", role: "status" });
    this.list = element("div", { class: "cards", id: "drafts-of-conversation" });
    this.fold = element(
      "button",
      { class: "fold", type: "button", "aria-controls": this.list.id, onclick: () => this.#unfold(this.list.hidden) },
      text("drafts.pane"),
    );
    this.node = element(
      "aside",
      { class: "pane drafts-pane", hidden: true, "aria-label": text("drafts.pane") },
      element("header", {}, element("h3", {}, this.fold), this.about),
      this.list,
    );
    this.#unfold(WIDE.matches);
    WIDE.addEventListener("change", () => this.#unfold(WIDE.matches));
  }

  /** Show the drafts, or only for what there are some: beside a narrow conversation they take its place. */
  #unfold(shown) {
    this.list.hidden = !shown;
    this.fold.setAttribute("aria-expanded", String(shown));
  }

  /** Forget the conversation. */
  clear() {
    this.#key = null;
    this.#cards = [];
    this.node.hidden = true;
    this.about.textContent = "";
    this.list.replaceChildren();
  }

  /** Look at a conversation as it stands; a new message of the citizen is drafted for, none holds anything up. */
  look({ handoff_id: id, state }, transcript) {
    this.node.hidden = state !== WITH_PERSON;
    if (this.node.hidden) return;
    const seq = transcript.findLast((line) => line.role === "citizen" && line.seq)?.seq ?? null;
    const key = `${id}/${seq}`;
    if (key === this.#key) return;
    this.#key = key;
    this.#load(key, id, seq);
  }

  /** Show what became of a draft that was sent. */
  sent(outcome) {
    this.#cards.find(({ draft }) => draft.draft_id === outcome.draft_id)?.settle(outcome);
  }

  async #load(key, id, seq) {
    this.about.textContent = text("drafts.loading");
    try {
      const drafted = await this.calls.forMessage(id, seq);
      if (key === this.#key) this.#show(drafted);
    } catch (error) {
      if (key === this.#key) this.#failed(error, () => this.#load(key, id, seq));
    }
  }

  /** Show the drafts; a card that is being edited stays, so that nothing written gets lost. */
  #show({ question, sure, drafts }) {
    const ids = new Set(drafts.map((draft) => draft.draft_id));
    const edited = this.#cards.filter((card) => card.isEdited && !ids.has(card.draft.draft_id));
    for (const { node } of edited) node.dataset.earlier = text("drafts.earlier");
    const fresh = drafts.map((draft) => new DraftCard(draft, this.calls, this.act, this.ways));
    this.#cards = [...edited, ...fresh];
    this.about.textContent = text(drafts.length ? "drafts.for" : "drafts.none", { question });
    const unsure = drafts.length > 0 && !sure && element("p", { class: "unsure" }, text("drafts.unsure"));
    this.list.replaceChildren(...[unsure, ...this.#cards.map(({ node }) => node)].filter(Boolean));
  }

  #failed(error, retry) {
    const nothingAsked = error instanceof Refused && error.status === NOTHING_ASKED;
    this.about.textContent = text(nothingAsked ? "drafts.nothing_asked" : "drafts.failed");
    const again = element("button", { class: "button", type: "button", onclick: retry }, text("drafts.retry"));
    const kept = this.#cards.filter((card) => card.isEdited).map(({ node }) => node);
    this.list.replaceChildren(...kept, ...(nothingAsked ? [] : [again]));
  }
}
