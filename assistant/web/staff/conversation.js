/** The open conversation: read it, take it, reply; what it is about stands beside it. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { toast } from "../workplace/toast.js";
import { CasePanel } from "./case_panel.js";
import { Deeds } from "./deeds.js";
import { DraftsPane } from "./drafts_pane.js";
import { ReplyBox } from "./reply_box.js";
import { Transcript } from "./transcript.js";

const WITH_PERSON = "with_person";
const TYPING_SHOWN_MS = 6_000;

export class ConversationView {
  #handoff = null;
  #leaving = false;
  #typing = null;
  #reading = null;

  /**
   * `act(deed)` runs a deed on the server and returns its answer or null; `back()` returns to the lists; `unsent`
   * keeps what is written; `typing(id)` and `sent(id)` hear of it; `seesAll` lets the reader see hidden values of any.
   */
  constructor({ api, act, back, unsent, typing, sent, seesAll }) {
    Object.assign(this, { api, act, back, sent, seesAll });
    this.transcript = new Transcript();
    this.replyBox = new ReplyBox({ send: (...reply) => this.#reply(...reply), typing, unsent });
    this.deeds = new Deeds({ api, act, leave: (deed, said) => this.#leave(deed, said) });
    this.casePanel = new CasePanel((field) => act(() => api.unmask(this.#handoff.handoff_id, field)));
    this.drafts = new DraftsPane(
      api,
      act,
      (...draft) => this.replyBox.insert(...draft),
      (...reply) => this.#reply(this.id, ...reply),
    );
    this.reason = element("p", { class: "reason" });
    this.summary = element("h2", { tabindex: "-1" });
    this.typingSign = element("p", { class: "typing-sign", hidden: true }, text("staff.citizen_typing"));
    this.takeHint = element("p", {});
    this.takeButton = element(
      "button",
      { class: "button primary", type: "button", "aria-keyshortcuts": "Alt+T", onclick: () => this.take() },
      text("staff.take"),
    );
    this.takeBar = element("div", { class: "take" }, this.takeHint, this.takeButton);
    const backButton = element("button", { class: "back", type: "button", "aria-label": text("staff.back") }, icon("back"));
    backButton.onclick = () => back();
    this.nothing = element(
      "div",
      { class: "nothing" },
      element("p", {}, element("strong", {}, text("staff.nothing_open"))),
      element("p", {}, text("staff.nothing_open_more")),
    );
    this.content = element(
      "div",
      { class: "open", hidden: true },
      element("header", { class: "opened-head" }, backButton, element("div", {}, this.reason, this.summary), this.deeds.node),
      element("div", { class: "talk" }, this.transcript.node, this.typingSign, this.takeBar, this.replyBox.node),
      element("div", { class: "side" }, this.casePanel.node, this.drafts.node),
    );
    this.node = element("main", { class: "conversation" }, this.nothing, this.content, this.deeds.dialogs);
    document.addEventListener("visibilitychange", () => this.#markRead());
  }

  /** What may be chosen, once it is known: {canned_replies, outcomes}. */
  set choices({ canned_replies: replies, outcomes }) {
    this.replyBox.replies = replies;
    this.deeds.outcomes = outcomes;
  }

  get id() {
    return this.#handoff?.handoff_id ?? null;
  }

  /** Open a conversation; reading it is written to the audit trail. */
  async open(handoff) {
    this.transcript.clear();
    this.casePanel.show(null);
    this.#handoff = { ...handoff, shown: -1 };
    this.replyBox.open(handoff.handoff_id);
    this.drafts.clear();
    this.#describe(handoff);
    this.nothing.hidden = true;
    this.content.hidden = false;
    this.summary.focus();
    await Promise.all([this.#read(), this.#readCase()]);
  }

  /** Take in the lists just fetched; only what is new in a conversation of one's own is read, since looks are audited. */
  async refresh(handoffs) {
    if (!this.#handoff || this.#leaving) return;
    const known = handoffs.find(({ handoff_id: id }) => id === this.id);
    if (!known) {
      toast(text("staff.gone"));
      this.back();
      return;
    }
    if (known.state !== this.#handoff.state) {
      await this.#read(); // the lists may be older than what is shown: its own answer tells
      return;
    }
    const isNew = known.state === WITH_PERSON && known.last_seq > this.#handoff.shown;
    this.#describe(known);
    if (isNew) await this.#read();
    else this.#markRead();
  }

  /** Close the conversation and return its handoff's id. */
  clear() {
    const left = this.id;
    this.#handoff = null;
    this.casePanel.show(null);
    this.deeds.id = null;
    this.content.hidden = true;
    this.nothing.hidden = false;
    return left;
  }

  /** Show that the citizen of a conversation is typing, for a moment. */
  citizenTypes(id) {
    if (id !== this.id) return;
    clearTimeout(this.#typing);
    this.typingSign.hidden = false;
    this.#typing = setTimeout(() => this.#typed(), TYPING_SHOWN_MS);
  }

  async take() {
    if (!this.#handoff || this.takeBar.hidden || this.takeButton.hidden) return;
    const taken = await this.act(() => this.api.take(this.id));
    if (!taken) return;
    if (this.#reading) this.#reading.overtaken = true;
    this.#describe({ ...this.#handoff, ...taken.handoff });
    this.replyBox.focus();
    toast(text("staff.taken"));
    await this.act(() => Promise.all([this.#read(), this.#readCase()]));
  }

  /** Read the conversation once, however often it is asked for meanwhile; then what has come since. */
  async #read() {
    const { id } = this;
    if (this.#reading?.id === id) return;
    const reading = { id, overtaken: false };
    this.#reading = reading;
    try {
      const { handoff, transcript } = await this.api.handoff(id);
      if (this.id !== id) return;
      if (!reading.overtaken) this.#show(handoff, transcript);
    } finally {
      if (this.#reading === reading) this.#reading = null;
    }
    const { state, last_seq: latest, shown } = this.#handoff;
    if (reading.overtaken || (state === WITH_PERSON && latest > shown)) await this.#read();
    else this.#markRead();
  }

  #show(handoff, transcript) {
    this.#typed();
    this.transcript.show(transcript);
    const latest = this.#handoff.last_seq;
    this.#handoff.shown = handoff.last_seq;
    this.#describe({ ...handoff, last_seq: Math.max(latest, handoff.last_seq) });
    this.drafts.look(this.#handoff, transcript);
  }

  async #readCase() {
    const { id } = this;
    const found = await this.api.case(id);
    if (this.id !== id) return;
    this.casePanel.show(found);
    this.replyBox.materials = found.materials;
    this.deeds.item = found.item;
  }

  #typed() {
    clearTimeout(this.#typing);
    this.typingSign.hidden = true;
  }

  /** Tell the citizen what is on the screen; what cannot be told is told with the next change. */
  #markRead() {
    if (!this.#handoff || document.hidden) return;
    const { state, unread, shown } = this.#handoff;
    if (state === WITH_PERSON && unread > 0 && shown > 0) this.api.read(this.id, shown).catch(() => undefined);
  }

  #describe(handoff) {
    const { shown } = this.#handoff;
    this.#handoff = { ...handoff, shown };
    const mine = handoff.state === WITH_PERSON;
    const others = Boolean(handoff.meant && !handoff.meant.mine);
    this.reason.textContent = handoff.reason_label;
    this.summary.textContent = handoff.summary || handoff.reason_label;
    this.takeHint.textContent = others ? text("staff.meant_hint", handoff.meant) : text("staff.take_hint");
    this.takeButton.hidden = others;
    this.takeBar.hidden = mine;
    this.replyBox.node.hidden = !mine;
    this.deeds.id = mine ? handoff.handoff_id : null;
    this.casePanel.mine = mine || this.seesAll;
    this.transcript.markRead(handoff.read_by_citizen);
  }

  /** Send a reply, made of a draft where one is named; return whether it was sent. */
  async #reply(id, words, draftId) {
    const answer = await this.act(() => this.api.reply(id, words, draftId));
    if (answer?.draft && id === this.id) this.drafts.sent(answer.draft);
    if (answer) this.sent(id);
    return answer !== null;
  }

  async #leave(deed, said) {
    this.#leaving = true;
    const left = await this.act(deed);
    this.#leaving = false;
    if (left === null) return;
    this.back();
    toast(text(said));
  }
}
