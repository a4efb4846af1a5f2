/** The open conversation: read it, take it, reply, give it back. */
import { confirmation } from "../confirmation.js";
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { DraftsPane } from "./drafts_pane.js";
import { ReplyBox } from "./reply_box.js";
import { toast } from "../workplace/toast.js";
import { Transcript } from "./transcript.js";

const WITH_PERSON = "with_person";

export class ConversationView {
  #handoff = null;

  /** `act(deed)` runs a deed on the server and returns its answer or null; `back()` returns to the lists. */
  constructor({ api, act, back }) {
    this.api = api;
    this.act = act;
    this.back = back;
    this.transcript = new Transcript();
    this.replyBox = new ReplyBox((...reply) => this.#reply(...reply));
    this.drafts = new DraftsPane(
      api,
      act,
      (...draft) => this.replyBox.insert(...draft),
      (...reply) => this.#reply(...reply),
    );
    this.closing = confirmation("staff.close_", () => this.#finish("close", "staff.closed"));
    this.reason = element("p", { class: "reason" });
    this.summary = element("h2", { tabindex: "-1" });
    this.takeBar = element(
      "div",
      { class: "take" },
      element("p", {}, text("staff.take_hint")),
      button("staff.take", () => this.#take(), "primary"),
    );
    this.deeds = element(
      "div",
      { class: "deeds" },
      button("staff.hand_back", () => this.#finish("handBack", "staff.handed_back")),
      button("staff.close", () => this.closing.showModal()),
    );
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
      element("header", {}, backButton, element("div", {}, this.reason, this.summary), this.deeds),
      this.transcript.node,
      this.takeBar,
      this.replyBox.node,
      this.drafts.node,
    );
    this.node = element("main", { class: "conversation" }, this.nothing, this.content, this.closing);
  }

  /** Open a conversation; reading it is written to the audit trail. */
  async open(handoff) {
    this.#handoff = handoff;
    this.transcript.clear();
    this.replyBox.clear();
    this.drafts.clear();
    this.#describe(handoff);
    this.nothing.hidden = true;
    this.content.hidden = false;
    this.summary.focus();
    await this.#read();
  }

  /** Take in the lists just fetched; only a conversation of one's own is read again, since each look is audited. */
  async refresh(handoffs) {
    if (!this.#handoff) return;
    const known = handoffs.find(({ handoff_id: id }) => id === this.#handoff.handoff_id);
    if (!known) {
      toast(text("staff.gone"));
      this.back();
      return;
    }
    const taken = known.state !== this.#handoff.state;
    this.#describe(known);
    if (known.state === WITH_PERSON || taken) await this.#read();
  }

  /** Close the conversation and return its handoff's id. */
  clear() {
    const left = this.#handoff?.handoff_id;
    this.#handoff = null;
    this.content.hidden = true;
    this.nothing.hidden = false;
    return left;
  }

  async #read() {
    const { handoff_id: id } = this.#handoff;
    const { transcript } = await this.api.handoff(id);
    if (this.#handoff?.handoff_id !== id) return;
    this.transcript.show(transcript);
    this.drafts.look(this.#handoff, transcript);
  }

  #describe(handoff) {
    this.#handoff = handoff;
    const mine = handoff.state === WITH_PERSON;
    this.reason.textContent = handoff.reason_label;
    this.summary.textContent = handoff.summary || handoff.reason_label;
    this.takeBar.hidden = mine;
    this.replyBox.node.hidden = !mine;
    this.deeds.hidden = !mine;
  }

  async #take() {
    const taken = await this.act(() => this.api.take(this.#handoff.handoff_id));
    if (!taken) return;
    this.#describe({ ...this.#handoff, ...taken.handoff });
    this.replyBox.focus();
    toast(text("staff.taken"));
  }

  /** Send a reply, made of a draft where one is named; return whether it was sent. */
  async #reply(words, draftId = null) {
    const answer = await this.act(() => this.api.reply(this.#handoff.handoff_id, words, draftId));
    if (answer?.draft) this.drafts.sent(answer.draft);
    return answer !== null;
  }

  async #finish(deed, said) {
    const { handoff_id: id } = this.#handoff;
    if ((await this.act(() => this.api[deed](id))) === null) return;
    this.back();
    toast(text(said));
  }
}

function button(key, act, kind = "") {
  return element("button", { class: `button ${kind}`.trim(), type: "button", onclick: act }, text(key));
}
