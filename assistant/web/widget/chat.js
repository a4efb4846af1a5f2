/** Bring a conversation and the panel together. */
import { text } from "../texts.js";
import { Refused } from "./api.js";
import { Conversation } from "./conversation.js";
import { saveDocument } from "./documents.js";
import { approvedEntry, withdrawnEntry } from "./approval_entries.js";
import { citizenEntry, issuedEntry, replyEntry, staffEntry, systemEntry } from "./entries.js";
import { Handoff } from "./handoff.js";
import { Memory } from "./memory.js";
import { OutgoingEntry } from "./outgoing_entry.js";
import { openPaper } from "./papers.js";
import { PersonSigns } from "./person_signs.js";
import { RatingCard } from "./rating_card.js";

export class Chat {
  #conversation = null;
  #beginning = null;
  #attempt = null;
  #outgoing = new Map();
  #ratings = new Map();
  #handoff = new Handoff();
  #signs = new PersonSigns((sign) => this.#conversation?.sign(sign) ?? false);
  #lastWords = null;
  #limit = null;

  constructor(api, panel) {
    this.api = api;
    this.panel = panel;
    this.memory = new Memory(new URL(api.base).host);
    panel.composer.onSay = (words) => this.say(words);
    panel.composer.onTyping = () => this.#handoff.withPerson && this.#signs.typing();
    document.addEventListener("visibilitychange", () => this.seen());
    panel.onRestart = () => this.#leave();
    this.actions = {
      choose: (label) => this.say(label),
      prefill: (words) => panel.composer.prefill(words),
      download: (file) => saveDocument(this.api, this.#conversation.session, file),
      print: (paper) => openPaper(this.api, this.#conversation.session, paper),
      repeat: () => this.#lastWords && this.say(this.#lastWords),
      canRepeat: () => this.#lastWords !== null,
    };
  }

  /** Resume this tab's conversation with the identity, or begin one; return whether it is ready. */
  begin(identity) {
    this.#beginning ??= this.#begin(identity);
    return this.#beginning;
  }

  /** Leave the conversation and begin another. */
  restart(identity) {
    this.#conversation?.end();
    this.#conversation = null;
    this.memory.forget();
    this.#beginning = this.#begin(identity);
    return this.#beginning;
  }

  /** Tell the person who has the conversation that what they said is on the screen, if it is. */
  seen() {
    if (this.panel.isSeen) this.#signs.seen();
  }

  /** Leave for another conversation; who is to be asked how this one was, may say so first. */
  async #leave() {
    const session = this.#conversation?.session;
    const restart = () => this.restart(session?.identity ?? null);
    const asked = session && (await this.api.end(session).catch(() => false));
    if (asked) this.panel.trouble(text("rating.before_restart"), text("assistant.restart"), restart);
    else restart();
  }

  /** Say something for the citizen. */
  say(words) {
    this.#lastWords = words;
    this.#conversation.say(words);
  }

  async #begin(identity) {
    this.#clear();
    const attempt = (this.#attempt = {}); // a restart meanwhile makes this one stale
    try {
      this.#limit ??= (await this.api.options()).max_characters;
      this.panel.composer.limit = this.#limit;
      const session = await this.#openAny(identity, attempt);
      if (attempt === this.#attempt) this.panel.ready(session);
      return attempt === this.#attempt;
    } catch (error) {
      if (attempt === this.#attempt) this.#trouble(identity, error);
      return false;
    }
  }

  async #openAny(identity, attempt) {
    const kept = this.memory.recall();
    if (kept?.session?.identity === identity) {
      try {
        await this.#open(kept.session, kept.unsent, attempt);
        return kept.session;
      } catch (error) {
        if (!(error instanceof Refused && error.status === 403)) throw error; // else the server forgot it
      }
    }
    const session = await this.api.start(identity);
    await this.#open(session, null, attempt);
    return session;
  }

  async #open(session, unsent, attempt) {
    if (attempt !== this.#attempt) return;
    const conversation = new Conversation(this.api, session, this.memory, unsent ?? []);
    const on = (type, handle) =>
      conversation.addEventListener(type, ({ detail }) => conversation === this.#conversation && handle(detail));
    on("event", (event) => this.#show(event));
    on("outgoing", (message) => this.#showOutgoing(message));
    on("opened", () => this.seen());
    on("connection", (state) => this.panel.connection(state === "good"));
    on("expired", () =>
      this.panel.trouble(text("connection.expired"), text("assistant.restart"), () => this.restart(session.identity)),
    );
    this.#conversation = conversation;
    this.panel.log.quiet = unsent !== null; // what was said before a reload is not announced again
    try {
      await conversation.open();
    } catch (error) {
      conversation.end();
      throw error;
    } finally {
      this.panel.log.quiet = false;
    }
  }

  #clear() {
    this.#lastWords = null;
    this.#outgoing.clear();
    this.#ratings.clear();
    this.#handoff = new Handoff();
    this.#signs.clear();
    this.panel.clear();
    this.panel.loading();
  }

  #trouble(identity, error) {
    this.#beginning = null;
    const busy = error instanceof Refused && error.status === 429;
    const reason = text(busy ? "start.busy" : "start.failed");
    this.panel.trouble(reason, text("start.retry"), () => this.begin(identity));
  }

  #show(event) {
    const { log } = this.panel;
    const { type, payload } = event;
    this.#signs.take(event, () => this.#showTyping());
    if (type === "message") this.#echo(payload);
    else if (type === "reply") log.add(replyEntry(payload, this.actions));
    else if (type === "answer-approved") log.addDecided(payload.approval, approvedEntry(payload, this.actions));
    else if (type === "answer-withdrawn") log.addDecided(payload.approval, withdrawnEntry(payload, this.actions));
    else if (type === "application-issued") {
      log.markIssued(payload.receipt_number, payload.state_label);
      log.add(issuedEntry(payload, this.actions));
    } else if (type === "rating-asked") this.#ask(payload);
    else if (type === "rated") this.#ratings.get(payload.rating_id)?.settle(payload);
    else if (type === "agent-message") log.add(staffEntry(payload, this.actions));
    else if (type === "agent-joined") log.add(systemEntry(text("handoff.joined", { name: ` ${payload.name} ` })));
    else if (type === "agent-left") log.add(systemEntry(payload.text ?? text("handoff.left")));
    this.#handoff.take(event);
    this.panel.handoff(this.#handoff);
    this.#showTyping();
    if (type === "agent-message") this.seen();
  }

  #ask(asked) {
    const { session } = this.#conversation;
    const card = new RatingCard(asked, (rating) => this.api.rate(session, rating));
    this.#ratings.set(asked.rating_id, card);
    this.panel.log.add(card.node);
  }

  /** Show what the server heard: hidden personal data takes the place of what was typed. */
  #echo({ text: heard, client_message_id: id, message_seq: seq }) {
    const sent = this.#outgoing.get(id);
    const node = sent?.node ?? citizenEntry(heard);
    if (sent) sent.heard(heard);
    else this.panel.log.add(node, { own: true });
    this.#outgoing.delete(id);
    if (seq) this.#signs.sent(seq, node);
  }

  #showOutgoing(message) {
    let entry = this.#outgoing.get(message.id);
    if (!entry && (message.state === "sending" || message.state === "failed")) {
      entry = new OutgoingEntry(message, {
        retry: () => this.#conversation.retry(message.id),
        discard: () => this.#conversation.discard(message.id),
      });
      this.#outgoing.set(message.id, entry);
      this.panel.log.add(entry.node, { own: true });
    }
    entry?.update(message);
    if (message.state === "failed") this.panel.log.toEnd();
    if (message.state === "discarded") this.#outgoing.delete(message.id);
    this.#showTyping();
  }

  #showTyping() {
    const waiting = [...this.#conversation.outgoing.values()].some(({ state }) => state === "sending");
    const person = this.#handoff.withPerson;
    if (person) this.panel.log.typing = this.#signs.typist && text("handoff.typing", { name: ` ${this.#signs.typist} ` });
    else this.panel.log.typing = waiting ? text("assistant.typing") : null;
  }
}
