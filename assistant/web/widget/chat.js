/** Bring a conversation and the panel together. */
import { part } from "../place.js";
import { text } from "../wording.js";
import { Refused } from "./api.js";
import { Conversation } from "./conversation.js";
import { saveDocument } from "./documents.js";
import { approvedEntry, withdrawnEntry } from "./approval_entries.js";
import { asideEntry, citizenEntry, issuedEntry, replyEntry, staffEntry, systemEntry } from "./entries.js";
import { Handoff } from "./handoff.js";
import { Memory } from "./memory.js";
import { OutgoingEntry } from "./outgoing_entry.js";
import { openPaper } from "./papers.js";
import { PersonSigns } from "./person_signs.js";
import { Speaking } from "./speaking.js";

export class Chat {
  #api;
  #panel;
  #face;
  #page;
  #memory;
  #actions;
  #conversation = null;
  #beginning = null;
  #attempt = null;
  #outgoing = new Map();
  #ratings = new Map();
  #handoff = new Handoff();
  #signs = new PersonSigns((sign) => this.#conversation?.sign(sign) ?? false);
  #events = [];
  #lastWords = null;
  #options = null;
  #replays = false;
  #speech;

  /**
   * `page` is what the page asks for: `scope` of the conversation's name, the `opening` words in place of the greeting,
   * whether one `speaks`, `provide()` for who the citizen is, the `printer` of a page that prints what others save, and
   * `tell(type, detail)` for the page's listeners.
   */
  constructor(api, panel, face, page) {
    this.#api = api;
    this.#panel = panel;
    this.#face = face;
    this.#page = page;
    this.#memory = new Memory(face.inHall ? null : new URL(api.base).host + (page.scope ? `:${page.scope}` : ""));
    panel.composer.onSay = (words) => this.say(words);
    panel.composer.onTyping = () => this.#handoff.withPerson && this.#signs.typing();
    panel.onRestart = () => this.#leave();
    panel.onSettings = async () => (await part("settings.js"))(panel.node.getRootNode(), face, () => this.#events);
    this.#speech = new Speaking(api, face, panel.composer, {
      place: panel.speech,
      session: () => this.#conversation.session,
      say: (words) => this.say(words),
      aside: (reply) => this.#aside(reply),
      tell: (type, detail) => page.tell(type, detail),
    });
    this.#actions = {
      choose: (label) => this.say(label),
      download: (file) => saveDocument(this.#api, this.#conversation.session, file),
      print: (paper) => openPaper(this.#api, this.#conversation.session, paper),
      printer: page.printer && ((file) => page.printer(file, (address) => api.document(this.#conversation.session, address))),
      repeat: () => this.#lastWords && this.say(this.#lastWords),
      canRepeat: () => this.#lastWords !== null,
      read: (seq) => this.#speech.read(seq),
      canRead: () => this.#speech.isThere,
    };
  }

  /** Resume this tab's conversation with the identity, or begin one; return whether it is ready. */
  begin(identity) {
    this.#beginning ??= this.#begin(identity);
    return this.#beginning;
  }

  /** Leave the conversation and begin another. */
  restart(identity) {
    this.end();
    this.#memory.forget();
    this.#beginning = this.#begin(identity);
    return this.#beginning;
  }

  /** Stop listening, speaking and being heard; the conversation can be resumed. Return whether one had begun. */
  end() {
    const began = this.#beginning !== null;
    this.#attempt = this.#beginning = null;
    this.#speech.close();
    this.#conversation?.end();
    this.#conversation = null;
    return began;
  }

  /** Tell the person who has the conversation that what they said is on the screen, if it is. */
  seen() {
    if (this.#panel.isSeen) this.#signs.seen();
  }

  /** Leave for another conversation; who is to be asked how this one was, may say so first. */
  async #leave() {
    const session = this.#conversation?.session;
    const restart = () => this.restart(session?.identity ?? null);
    const asked = session && (await this.#api.end(session).catch(() => false));
    if (asked) this.#panel.trouble(text("rating.before_restart"), text("assistant.restart"), restart);
    else restart();
  }

  /** Say something for the citizen; the screen never shows it as it stands where it is `secret`. */
  say(words, secret = false) {
    this.#lastWords = secret ? null : words;
    this.#speech.hush();
    this.#conversation.say(words, secret);
  }

  /** Begin to listen. */
  speak() {
    this.#speech.open();
  }

  /** Stop reading aloud, and close the microphone. */
  hush() {
    this.#speech.close();
  }

  /** Speak as the person has just chosen. */
  suit() {
    this.#speech.suit();
  }

  async #begin(identity) {
    this.#clear();
    const attempt = (this.#attempt = {}); // a restart meanwhile makes this one stale
    try {
      const [options, speaks] = await Promise.all([
        this.#options ?? this.#api.options(),
        this.#page.speaks && this.#api.speaks().catch(() => false),
      ]);
      this.#options = options;
      this.#panel.composer.limit = options.max_characters;
      this.#speech.isThere = speaks;
      const session = await this.#openAny(identity, attempt);
      if (attempt !== this.#attempt) return false;
      this.#panel.ready(session, speaks);
      this.#page.tell("begun");
      return true;
    } catch (error) {
      if (attempt === this.#attempt) this.#trouble(identity, error);
      return false;
    }
  }

  async #openAny(wanted, attempt) {
    const { session: provided, identity = wanted } = (await this.#page.provide()) ?? {};
    const kept = this.#memory.recall();
    const sameCitizen = kept && (provided ? kept.session.conversationId === provided.conversation_id : kept.session.identity === identity);
    if (sameCitizen) {
      try {
        await this.#open(kept.session, kept.unsent, attempt);
        return kept.session;
      } catch (error) {
        if (!(error instanceof Refused && error.status === 403)) throw error; // else the server forgot it
      }
    }
    const session = provided ? this.#api.provided(provided) : await this.#api.start(identity);
    await this.#open(session, null, attempt);
    return session;
  }

  async #open(session, unsent, attempt) {
    if (attempt !== this.#attempt) return;
    const conversation = new Conversation(this.#api, session, this.#memory, unsent ?? []);
    const on = (type, handle) =>
      conversation.addEventListener(type, ({ detail }) => conversation === this.#conversation && handle(detail));
    on("event", (event) => this.#show(event));
    on("outgoing", (message) => this.#showOutgoing(message));
    on("opened", () => this.seen());
    on("connection", (state) => this.#panel.connection(state));
    on("expired", () => {
      this.#speech.close();
      this.#page.tell("expired");
      this.#panel.trouble(text("connection.expired"), text("assistant.restart"), () => this.restart(session.identity));
    });
    this.#conversation = conversation;
    conversation.wayOut = (message) => this.#speech.send(message);
    this.#replays = this.#panel.log.quiet = unsent !== null; // what was said before a reload is not announced again
    try {
      await conversation.open();
    } catch (error) {
      conversation.end();
      throw error;
    } finally {
      this.#replays = this.#panel.log.quiet = false;
    }
  }

  #clear() {
    this.#lastWords = null;
    this.#events = [];
    this.#outgoing.clear();
    this.#ratings.clear();
    this.#handoff = new Handoff();
    this.#signs.clear();
    this.#panel.clear();
    this.#panel.loading();
  }

  #trouble(identity, error) {
    this.#beginning = null;
    const busy = error instanceof Refused && error.status === 429;
    const reason = text(busy ? "start.busy" : "start.failed");
    this.#page.tell("failed");
    this.#panel.trouble(reason, text("start.retry"), () => this.begin(identity));
  }

  /** Show an event of the wire; kinds that are not known here are passed over. */
  #show(event) {
    const { type, payload, seq } = event;
    const shown = {
      message: () => this.#echo(payload),
      reply: () => this.#reply(payload, seq),
      "answer-approved": () => this.#decided(payload, approvedEntry),
      "answer-withdrawn": () => this.#decided(payload, withdrawnEntry),
      "application-issued": () => this.#issued(payload),
      "rating-asked": () => this.#ask(payload),
      rated: () => this.#ratings.get(payload.rating_id)?.then((card) => card.settle(payload)),
      "agent-joined": () => this.#line(text("handoff.joined", { name: ` ${payload.name} ` })),
      "agent-left": () => this.#line(payload.text ?? text("handoff.left")),
      "agent-message": () => this.#staff(payload, seq),
      "conversation-moved": () => this.#tell("moved"),
    };
    if (seq) this.#events.push(event);
    this.#signs.take(event, () => this.#showTyping());
    shown[type]?.();
    if (this.#handoff.take(event)) this.#tell("handoff", this.#handoff.told);
    this.#panel.handoff(this.#handoff);
    this.#showTyping();
    if (type === "agent-message") this.seen();
  }

  #ask(asked) {
    const { session } = this.#conversation;
    const place = document.createElement("div"); // keeps the card's place until it is there
    const give = (rating) => this.#api.rate(session, rating);
    this.#ratings.set(asked.rating_id, part("rating.js").then((RatingCard) => new RatingCard(place, asked, give)));
    this.#panel.log.add(place);
  }

  /** Show what the server heard: hidden personal data takes the place of what was typed. */
  #echo({ text: heard, client_message_id: id, message_seq: seq }) {
    const sent = this.#outgoing.get(id);
    const node = sent?.node ?? citizenEntry(heard);
    if (sent) sent.heard(heard);
    else this.#panel.log.add(node, { own: true });
    this.#outgoing.delete(id);
    if (seq) this.#signs.sent(seq, node);
    this.#tell("message", { from: "citizen" });
  }

  #reply(payload, seq) {
    const words = seq === 1 && this.#page.opening ? { ...payload, text: this.#page.opening } : payload;
    this.#panel.log.add(replyEntry(words, this.#actions, seq));
    const { application, asks = null, item, status } = payload;
    this.#tell("message", { from: "assistant", status, item: item?.item_id ?? null });
    this.#tell("asks", { type: asks });
    if (application?.receipt_number && status === "submitted") {
      this.#tell("receipt", { receiptNumber: application.receipt_number, item: item?.item_id ?? null });
    }
    if (!this.#replays) this.#speech.readBySelf(seq);
  }

  #decided(answer, entry) {
    this.#panel.log.addDecided(answer.approval, entry(answer, this.#actions));
    this.#tell("message", { from: "assistant", status: "answered", item: answer.item?.item_id ?? null });
  }

  #issued(news) {
    this.#panel.log.markIssued(news.receipt_number, news.state_label);
    this.#panel.log.add(issuedEntry(news, this.#actions));
    this.#tell("issued", { receiptNumber: news.receipt_number });
  }

  #staff(payload, seq) {
    this.#panel.log.add(staffEntry(payload, this.#actions));
    this.#tell("message", { from: "staff" });
    if (!this.#replays) this.#speech.readBySelf(seq);
  }

  #line(words) {
    this.#panel.log.add(systemEntry(words));
  }

  /** Show a reply of the spoken session that stands in no transcript: a number to be made sure of. */
  #aside(reply) {
    this.#conversation.settleOldest();
    this.#panel.log.add(asideEntry(reply, this.#actions));
    this.#showTyping();
  }

  /** Tell the page what happens, never what was said; what was replayed has been told before. */
  #tell(type, detail) {
    if (!this.#replays) this.#page.tell(type, detail);
  }

  #showOutgoing(message) {
    let entry = this.#outgoing.get(message.id);
    if (!entry && (message.state === "sending" || message.state === "failed")) {
      entry = new OutgoingEntry(message, {
        retry: () => this.#conversation.retry(message.id),
        discard: () => this.#conversation.discard(message.id),
      });
      this.#outgoing.set(message.id, entry);
      this.#panel.log.add(entry.node, { own: true });
    }
    entry?.update(message);
    if (message.state === "failed") this.#panel.log.toEnd();
    if (message.state === "discarded") this.#outgoing.delete(message.id);
    this.#showTyping();
  }

  #showTyping() {
    const waiting = [...this.#conversation.outgoing.values()].some(({ state }) => state === "sending");
    const { typist } = this.#signs;
    if (this.#handoff.withPerson) this.#panel.log.typing = typist && text("handoff.typing", { name: ` ${typist} ` });
    else this.#panel.log.typing = waiting ? text("assistant.typing") : null;
  }
}
