/** One draft: its sentences, each with its source; edit it, use it, copy it, reject it. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { toast } from "../workplace/toast.js";
import { copied } from "./copying.js";
import { sentenceDiff } from "./sentence_diff.js";

const DIFFER_AFTER_MS = 350;
const SAMPLE = "sample";
const LEAST_LIKELY = 0.005;

export class DraftCard {
  #timer = null;

  /**
   * `ways` are what may be done with the draft, the likeliest first: [{label, use(words, draft)}]. A way that resolves
   * to an outcome, {outcome, difference}, settles the card. `act(deed)` runs a deed on the server and returns its
   * answer or null.
   */
  constructor(draft, calls, act, ways) {
    this.draft = draft;
    this.calls = calls;
    this.act = act;
    this.difference = element("div", { class: "live", "aria-live": "polite" });
    this.box = element("textarea", {
      rows: "6",
      "aria-label": text("drafts.edit_label", { item: draft.item.name }),
      oninput: () => this.#differ(),
    });
    this.box.value = draft.text;
    this.editor = element("div", { class: "editing", hidden: true }, this.box, this.difference);
    this.sentences = element("ol", { class: "sentences" }, draft.sentences.map(sentence));
    this.edit = button("drafts.edit", () => this.#toggle());
    this.edit.setAttribute("aria-expanded", "false");
    this.deeds = element(
      "footer",
      {},
      ways.map(({ label, use }, place) => button(label, () => this.#use(use), place === 0 ? "primary" : "")),
      this.edit,
      button("drafts.copy", () => this.#copy()),
      button("drafts.reject", () => this.#reject()),
    );
    this.node = element(
      "article",
      { class: "panel draft", tabindex: "-1", "aria-label": draft.item.name, dataset: { draft: draft.draft_id } },
      element(
        "header",
        {},
        element("h3", {}, draft.item.name),
        element(
          "p",
          { class: "about" },
          element("span", {}, text(`drafts.facet_${draft.facet}`)),
          element("span", {}, likelihood(draft.probability)),
        ),
      ),
      this.sentences,
      this.editor,
      draft.question && element("p", { class: "ask" }, text("drafts.ask", { question: draft.question })),
      draft.sample && element("p", { class: "sample" }, text("drafts.sample")),
      this.deeds,
    );
  }

  /** What would be sent now: the draft, or what it was edited to. */
  get words() {
    return this.box.value.trim();
  }

  /** Whether there is work in the card that must not get lost. */
  get isEdited() {
    return this.words !== this.draft.text.trim();
  }

  /** Show what became of the draft: sent, edited or rejected. */
  settle({ outcome, difference = [] }) {
    clearTimeout(this.#timer);
    this.node.classList.add("settled");
    this.node.replaceChildren(
      element("header", {}, element("h3", {}, this.draft.item.name), element("span", { class: `mark ${outcome}` }, text(`drafts.${outcome}`))),
      ...(outcome === "edited" ? [sentenceDiff(difference)] : []),
    );
  }

  #toggle() {
    this.editor.hidden = !this.editor.hidden;
    this.sentences.hidden = !this.editor.hidden;
    this.edit.setAttribute("aria-expanded", String(!this.editor.hidden));
    this.edit.textContent = text(this.editor.hidden ? "drafts.edit" : "drafts.sources");
    if (!this.editor.hidden) this.box.focus();
  }

  /** Ask for the difference once the typing pauses. */
  #differ() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const words = this.box.value.trim();
      const difference = words && this.isEdited ? await this.act(() => this.calls.difference(this.draft.draft_id, words)) : [];
      if (difference && words === this.box.value.trim()) this.difference.replaceChildren(difference.length ? sentenceDiff(difference) : "");
    }, DIFFER_AFTER_MS);
  }

  async #use(use) {
    const { words } = this;
    if (!words) {
      toast(text("drafts.empty"));
      return;
    }
    await this.#busy(() => use(words, this.draft));
  }

  async #copy() {
    const sources = this.draft.plain_text.slice(this.draft.text.length);
    toast(text((await copied(this.words + sources)) ? "drafts.copied" : "drafts.not_copied"));
  }

  #reject() {
    return this.#busy(() => this.act(() => this.calls.reject(this.draft.draft_id)));
  }

  /** Do something that may settle the card; the buttons cannot be pressed meanwhile, and a disabled one loses the focus. */
  async #busy(deed) {
    const buttons = this.deeds.querySelectorAll("button");
    const pressed = document.activeElement;
    for (const one of buttons) one.disabled = true;
    const outcome = await deed();
    if (outcome?.outcome) this.settle(outcome);
    for (const one of buttons) one.disabled = false;
    if (document.activeElement === document.body) (pressed.isConnected ? pressed : this.node).focus();
  }
}

/** Return how likely the item is meant; one that only what was said before speaks for has no figure. */
function likelihood(probability) {
  if (probability < LEAST_LIKELY) return text("drafts.goes_on");
  return text("drafts.likely", { percent: Math.round(probability * 100) });
}

function sentence({ text: words, citation }) {
  const source = citation.source === SAMPLE ? text("drafts.sample_source") : citation.source;
  const checked = citation.checked ? text("drafts.checked", { date: citation.checked }) : text("drafts.unchecked");
  return element(
    "li",
    {},
    element("p", { class: "said" }, words),
    element("p", { class: "source" }, element("b", {}, citation.field_label), element("span", {}, source), element("span", {}, checked)),
  );
}

function button(key, act, kind = "") {
  return element("button", { class: `button ${kind}`.trim(), type: "button", onclick: act }, text(key));
}
