/** The desk's lists as they change: over a WebSocket, and by asking every few seconds while that is broken. */
import { Stream } from "../widget/stream.js";

const POLL_EVERY_MS = 3_000;
const TELL_TYPING_EVERY_MS = 3_000;

export class LiveLists {
  #stream = null;
  #poll = null;
  #version = 0;
  #asking = false;
  #typed = new Map();

  /** `onLists(lists)` hears of the lists, `onTyping(handoffId)` of a citizen who types, `onTrouble(error)` of failures. */
  constructor(api, { onLists, onTyping, onTrouble }) {
    this.api = api;
    this.on = { lists: onLists, typing: onTyping, trouble: onTrouble };
  }

  open() {
    this.#stream = new Stream(this.api.streamAddress, {
      hello: () => ({ type: "hello" }),
      onEvent: (event) => this.#take(event),
      onOpen: () => undefined,
      onBreak: () => this.#ask(),
      onRefused: () => this.#ask(),
    });
    this.#stream.connect();
    this.#poll = setInterval(() => this.#tick(), POLL_EVERY_MS);
    document.addEventListener("visibilitychange", this.#wake);
    addEventListener("online", this.#wake);
    addEventListener("offline", this.#lose);
    this.#ask();
  }

  close() {
    this.#stream?.end();
    this.#stream = null;
    clearInterval(this.#poll);
    document.removeEventListener("visibilitychange", this.#wake);
    removeEventListener("online", this.#wake);
    removeEventListener("offline", this.#lose);
  }

  /** Ask for the lists now, unless they come by themselves. */
  refresh() {
    if (!this.#stream?.isOpen) this.#ask();
  }

  /** Tell the citizen that somebody is typing, at most every three seconds. */
  typing(handoffId) {
    const now = performance.now();
    if (now - (this.#typed.get(handoffId) ?? -Infinity) < TELL_TYPING_EVERY_MS) return;
    if (this.#stream?.send({ type: "typing", handoff_id: handoffId })) this.#typed.set(handoffId, now);
  }

  /** What was typed is sent: the next word is told at once. */
  sent(handoffId) {
    this.#typed.delete(handoffId);
  }

  #take(event) {
    if (event.type === "typing") this.on.typing(event.handoff_id);
    if (event.type !== "handoffs") return;
    this.#version += 1;
    this.on.lists(event.lists);
  }

  #tick() {
    if (!this.#stream?.isOpen && !document.hidden) this.#ask();
  }

  #wake = () => {
    if (document.hidden) return;
    this.#stream?.connect();
    this.refresh();
  };

  /** A WebSocket does not notice that the network is gone; the browser does. */
  #lose = () => this.#stream?.renew();

  /** An answer that lists from the WebSocket have overtaken is dropped. */
  async #ask() {
    if (this.#asking || !this.#stream) return;
    this.#asking = true;
    const version = this.#version;
    try {
      const lists = await this.api.handoffs();
      if (this.#stream && version === this.#version) this.on.lists(lists);
    } catch (error) {
      if (this.#stream) this.on.trouble(error);
    } finally {
      this.#asking = false;
    }
  }
}
