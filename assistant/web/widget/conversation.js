/** One conversation: what comes in arrives once and in order, what goes out arrives once or says that it did not. */
import { Refused } from "./api.js";
import { Intake } from "./intake.js";
import { Stream } from "./stream.js";

const POLL_EVERY_MS = 3_000;
const ECHO_WITHIN_MS = 12_000;
const FAILURES_BEFORE_NOTICE = 2;

/**
 * Dispatches `event` (detail: an event of the wire), `outgoing` (a message not yet confirmed was added, changed or
 * removed), `connection` (detail: "good", "poor" or "offline"), `opened` (signs can be sent) and `expired`.
 *
 * An outgoing message is {id, text, secret, state: "sending" | "failed" | "settled" | "discarded", reason}.
 */
export class Conversation extends EventTarget {
  #api;
  #memory;
  /** another way out that is tried first: takes a message and tells whether it was sent */
  wayOut = () => false;
  #stream;
  #intake;
  #poll = null;
  #echoTimers = new Map();
  #failures = 0;
  #posting = Promise.resolve();
  #ended = false;

  constructor(api, session, memory, unsent = []) {
    super();
    this.#api = api;
    this.session = session;
    this.#memory = memory;
    this.outgoing = new Map(unsent.map((message) => [message.id, message]));
    this.#intake = new Intake(
      (event) => this.#deliver(event),
      (seq) => api.eventsAfter(session, seq),
    );
    this.#stream = new Stream(api.socket(session, "stream"), {
      hello: () => ({ type: "hello", token: session.token, last_seq: this.#intake.lastSeq }),
      onEvent: (event) => this.#intake.take(event),
      onOpen: () => this.#connected(),
      onBreak: () => this.#broken(),
      onRefused: () => this.#expire(),
    });
  }

  /** Fetch what was said before, then listen; rejects when the server does not know the conversation. */
  async open() {
    await this.#intake.fill();
    this.#keep();
    for (const message of this.outgoing.values()) this.#changed(message);
    this.#stream.connect();
    this.#poll = setInterval(() => this.#pollOnce(), POLL_EVERY_MS);
    addEventListener("online", this.#wake);
    addEventListener("offline", this.#lose);
    document.addEventListener("visibilitychange", this.#wake);
    this.#resend();
  }

  /** Say something; the screen never shows it as it stands where it is `secret`. */
  say(words, secret = false) {
    if (this.#ended) return; // a choice that is still on the screen
    const message = { id: newId(), text: words, secret, state: "sending", reason: null };
    this.outgoing.set(message.id, message);
    this.#keep();
    this.#changed(message);
    this.#send(message);
  }

  /** Send a sign, such as that somebody is typing; return whether there was a connection to send it over. */
  sign(sign) {
    return this.#stream.send(sign);
  }

  /** Send a failed message again, under the same id. */
  retry(id) {
    const message = this.outgoing.get(id);
    if (message) this.#again(message);
  }

  /** Drop a failed message. */
  discard(id) {
    const message = this.outgoing.get(id);
    if (message) this.#settle(message, "discarded");
  }

  /** Take it that the message sent first was answered without being kept. */
  settleOldest() {
    const message = this.#oldest();
    if (message) this.#settle(message);
  }

  /** Stop listening. */
  end() {
    this.#ended = true;
    clearInterval(this.#poll);
    for (const timer of this.#echoTimers.values()) clearTimeout(timer);
    removeEventListener("online", this.#wake);
    removeEventListener("offline", this.#lose);
    document.removeEventListener("visibilitychange", this.#wake);
    this.#stream.end();
  }

  #send(message) {
    const words = { type: "message", text: message.text, client_message_id: message.id };
    if (!this.wayOut(words) && !this.#stream.send(words)) {
      this.#post(message);
      return;
    }
    const timer = setTimeout(() => {
      this.#stream.renew();
      this.#post(message);
    }, ECHO_WITHIN_MS);
    this.#echoTimers.set(message.id, timer);
  }

  /** Send by REST, one message after the other so that they keep their order. */
  #post(message) {
    this.#posting = this.#posting.then(() => this.#postNow(message));
  }

  async #postNow(message) {
    if (this.#ended || message.state !== "sending" || !this.outgoing.has(message.id)) return;
    try {
      const events = await this.#api.send(this.session, message);
      for (const event of events) this.#intake.take(event);
      this.#settle(message);
    } catch (error) {
      this.#failed(message, error);
    }
  }

  #failed(message, error) {
    if (this.#ended || !this.outgoing.has(message.id)) return;
    if (error instanceof Refused && error.status === 403) {
      this.#expire();
      return;
    }
    message.state = "failed";
    message.reason = "offline";
    if (error instanceof Refused && error.status === 429) message.reason = "too_many";
    else if (error instanceof Refused && !error.passing) message.reason = "refused";
    this.#keep();
    this.#changed(message);
  }

  #again(message) {
    message.state = "sending";
    message.reason = null;
    this.#changed(message);
    this.#send(message);
  }

  /** Send again what the break of a connection kept from arriving. */
  #resend() {
    for (const message of [...this.outgoing.values()]) {
      if (message.state === "sending" || message.reason === "offline") this.#again(message);
    }
  }

  #settle(message, state = "settled") {
    clearTimeout(this.#echoTimers.get(message.id));
    this.#echoTimers.delete(message.id);
    if (!this.outgoing.delete(message.id)) return;
    this.#keep();
    this.#changed({ ...message, state });
  }

  #deliver(event) {
    if (event.type === "error") this.#refuseOldest();
    this.dispatchEvent(new CustomEvent("event", { detail: event }));
    const message = this.outgoing.get(event.payload?.client_message_id);
    if (message) this.#settle(message);
  }

  /** An error on the stream names no message: the one sent first is meant. */
  #refuseOldest() {
    const message = this.#oldest();
    if (!message) return;
    clearTimeout(this.#echoTimers.get(message.id));
    this.#failed(message, new Refused(400));
  }

  #oldest() {
    return [...this.outgoing.values()].find(({ state }) => state === "sending");
  }

  /** A connection counts once the server has answered as well; until then the poll goes on. */
  #connected() {
    this.#tell("opened");
    this.#intake.fill().then(
      () => this.#healthy(),
      () => undefined,
    );
  }

  #broken() {
    for (const timer of this.#echoTimers.values()) clearTimeout(timer);
    this.#echoTimers.clear();
    for (const message of this.outgoing.values()) if (message.state === "sending") this.#post(message);
  }

  async #pollOnce() {
    if (this.#stream.isOpen || document.hidden) return;
    try {
      await this.#intake.fill();
      this.#healthy();
    } catch (error) {
      if (error instanceof Refused && error.status === 403) this.#expire();
      else this.#unhealthy();
    }
  }

  #wake = () => {
    if (!document.hidden && !this.#stream.isOpen) this.#stream.connect();
  };

  /** A WebSocket does not notice that the network is gone; the browser does. */
  #lose = () => {
    this.#failures = FAILURES_BEFORE_NOTICE;
    this.#tell("connection", "offline");
    this.#stream.renew();
  };

  #healthy() {
    if (this.#failures >= FAILURES_BEFORE_NOTICE) this.#tell("connection", "good");
    this.#failures = 0;
    for (const message of [...this.outgoing.values()]) if (message.reason === "offline") this.#again(message);
  }

  #unhealthy() {
    this.#failures += 1;
    if (this.#failures === FAILURES_BEFORE_NOTICE) this.#tell("connection", navigator.onLine ? "poor" : "offline");
  }

  #expire() {
    if (this.#ended) return;
    this.end();
    this.#memory.forget();
    this.#tell("expired");
  }

  #keep() {
    this.#memory.keep(this.session, [...this.outgoing.values()]);
  }

  #changed(message) {
    this.#tell("outgoing", message);
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Return 128 random bits; crypto.randomUUID is missing on plain http, where kiosks run. */
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
