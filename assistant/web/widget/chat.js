/** Bring a conversation and the panel together. */
import { text } from "../wording.js";
import { Refused } from "./api.js";
import { Conversation } from "./conversation.js";
import { asideEntry, citizenEntry, hasCards, issuedEntry, replyEntry, staffEntry, systemEntry, withdrawnEntry } from "./entries.js";
import { Handoff } from "./handoff.js";
import { Memory } from "./memory.js";
import { OutgoingEntry } from "./outgoing_entry.js";
import { entryWith, part } from "./parts.js";
import { PersonSigns } from "./person_signs.js";
import { Speaking } from "./speaking.js";

const CARDS = "cards.js";
const RATING = "rating.js";

export class Chat {
  #api;
  #panel;
  #face;
  #page;
  #memory;
  #actions;
  #conversation = null;
  #beginning = null;
  #wanted = false;
  #attempt = null;
  #outgoing = new Map();
  #ratings = new Map();
  #handoff = new Handoff();
  #signs = new PersonSigns((sign) => this.#conversation?.sign(sign) ?? false);
  #events = [];
  #lastWords = null;
  #options = null;
  #opening = false;
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
    const lacking = () => this.#line(text("part.failed"));
    panel.composer.onSay = (words) => this.say(words);
    panel.composer.onTyping = () => this.#handoff.withPerson && this.#signs.typing();
    panel.onRestart = () => this.#leave();
    panel.onSettings = () =>
      part("settings.js").then((show) => show(this.#root, face, () => this.#events), lacking);
    this.#speech = new Speaking(api, face, panel.composer, {
      place: panel.speech,
      session: () => this.#conversation.session,
      say: (words) => this.say(words),
      aside: (reply) => this.#aside(reply),
      lacking,
      tell: (type, detail) => page.tell(type, detail),
    });
    const fetchFile = (address) => this.#api.document(this.#conversation.session, address);
    this.#actions = {
      inHall: face.inHall,
      choose: (label) => this.say(label),
      fetch: fetchFile,
      print: page.printer && ((file) => page.printer(file, fetchFile)),
      repeat: () => this.#lastWords && this.say(this.#lastWords),
      canRepeat: () => this.#lastWords !== null,
      read: (seq) => this.#speech.read(seq),
      canRead: () => this.#speech.isThere,
    };
  }

  /** Resume this tab's conversation with the identity, or begin one; return whether it is ready. */
  begin(identity) {
    this.#wanted = true;
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

  /** Stop listening, speaking and being heard; the conversation can be resumed. Return whether one was wanted. */
  end() {
    this.#attempt = this.#beginning = null;
    this.#speech.close();
    this.#conversation?.end();
    this.#conversation = null;
    this.#signs.clear();
    return this.#wanted;
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

  get #root() {
    return this.#panel.node.getRootNode();
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
      part(CARDS).catch(() => undefined); // at hand when the network is not; else they are asked for again
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
      this.#beginning = null;
      this.#speech.close();
      this.#page.tell("expired");
      this.#panel.trouble(text("connection.expired"), text("assistant.restart"), () => this.restart(session.identity));
    });
    this.#conversation = conversation;
    conversation.wayOut = (message) => this.#speech.send(message);
    this.#opening = true;
    this.#replay(unsent !== null);
    try {
      await conversation.open();
    } catch (error) {
      conversation.end();
      throw error;
    } finally {
      this.#opening = false;
      this.#replay(false);
    }
  }

  /** Take it that what comes was said before, elsewhere or before a reload: it is shown and not announced again. */
  #replay(replays) {
    this.#replays = this.#panel.log.quiet = replays;
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
      "answer-approved": () => this.#approved(payload),
      "answer-withdrawn": () => this.#withdrawn(payload),
      "application-issued": () => this.#issued(payload),
      "rating-asked": () => this.#ask(payload),
      rated: () => this.#rated(payload),
      "agent-joined": () => this.#line(text("handoff.joined", payload)),
      "agent-left": () => this.#line(payload.text ?? text("handoff.left")),
      "agent-message": () => this.#staff(payload, seq),
      "conversation-moved": () => this.#tell("moved"),
    };
    if (seq) this.#events.push(event);
    this.#signs.take(event, () => this.#showTyping());
    shown[type]?.();
    if (this.#handoff.take(event)) {
      this.#tell("handoff", this.#handoff.told);
      this.#panel.handoff(this.#handoff);
    }
    this.#showTyping();
    if (type === "agent-message") this.seen();
  }

  #ask(asked) {
    const { session } = this.#conversation;
    const build = (RatingCard) => {
      const card = new RatingCard(this.#root, asked, (rating) => this.#api.rate(session, rating));
      this.#ratings.set(asked.rating_id, card);
      return card.node;
    };
    this.#panel.log.later(entryWith(RATING, build, () => systemEntry(asked.text)));
  }

  /** Show a rating in its card, which is on its way before it. */
  #rated(rating) {
    part(RATING).then(() => this.#ratings.get(rating.rating_id)?.settle(rating), () => undefined);
  }

  /** Show what the server heard: hidden personal data takes the place of what was typed. */
  #echo({ text: heard, client_message_id: id, message_seq: seq }) {
    const sent = this.#outgoing.get(id);
    if (this.#opening && !sent) this.#replay(true);
    const node = sent?.node ?? citizenEntry(heard);
    if (sent) sent.heard(heard);
    else this.#panel.log.add(node, { own: true });
    this.#outgoing.delete(id);
    if (seq) this.#signs.sent(seq, node);
    this.#tell("message", { from: "citizen" });
  }

  #reply(payload, seq) {
    const words = seq === 1 && this.#page.opening ? { ...payload, text: this.#page.opening } : payload;
    this.#add(payload, (cards) => {
      cards?.delivered(this.#root, payload.application);
      return replyEntry(words, this.#actions, seq, cards);
    });
    const { application, asks = null, item, status } = payload;
    this.#tell("message", { from: "assistant", status, item: item?.item_id ?? null });
    this.#tell("asks", { type: asks });
    if (application && (status === "submitted" || status === "kept")) {
      const { receipt_number: receiptNumber, provisional_number: provisionalNumber = null } = application;
      this.#tell("receipt", { receiptNumber, provisionalNumber, item: item?.item_id ?? null });
    }
    if (!this.#replays && !payload.language) this.#speech.readBySelf(seq); // the voice is Chinese
  }

  /** Add an entry; with its cards, if it has any, once their part is loaded, and in plain words if it cannot be. */
  #add(payload, entry) {
    if (hasCards(payload)) this.#withCards(entry, entry);
    else this.#panel.log.add(entry());
  }

  #withCards(entry, plain) {
    this.#panel.log.later(entryWith(CARDS, (cardsIn) => entry(cardsIn(this.#root)), () => plain()));
  }

  #approved(answer) {
    const plain = (cards) => replyEntry(answer, this.#actions, undefined, cards);
    const checked = (cards) => {
      const entry = plain(cards);
      cards.markChecked(entry, answer);
      return entry;
    };
    this.#withCards(checked, plain);
    this.#decided(answer);
  }

  #withdrawn(answer) {
    this.#panel.log.add(withdrawnEntry(answer, this.#actions));
    this.#decided(answer);
  }

  #decided(answer) {
    this.#panel.log.decided(answer.approval);
    this.#tell("message", { from: "assistant", status: "answered", item: answer.item?.item_id ?? null });
  }

  #issued(news) {
    const entry = (cards) => {
      cards?.mark(this.#root, news.receipt_number, news.state_label, "issued");
      return issuedEntry(news, this.#actions, cards);
    };
    this.#withCards(entry, entry);
    this.#tell("issued", { receiptNumber: news.receipt_number });
  }

  #staff(payload, seq) {
    this.#add(payload, (cards) => staffEntry(payload, this.#actions, cards));
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
        leave: () => this.#panel.log.focus(),
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
    if (this.#handoff.withPerson) this.#panel.log.typing = typist && text("handoff.typing", { name: typist });
    else this.#panel.log.typing = waiting ? text("assistant.typing") : null;
  }
}
