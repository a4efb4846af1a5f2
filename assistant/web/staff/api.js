/** The staff's REST interface. */
import { SignedInApi } from "../signed_in_api.js";

export { Refused, Unreachable } from "../signed_in_api.js";

export class StaffApi extends SignedInApi {
  /** Return {waiting, mine, others}; `others` are those whose clerk is signed in no longer. */
  handoffs() {
    return this.#request("GET", "handoffs");
  }

  /** Return {handoff, transcript}; each look is written to the audit trail. */
  handoff(id) {
    return this.#request("GET", path(id));
  }

  take(id) {
    return this.#request("POST", `${path(id)}/take`);
  }

  /** Send the citizen a message; of one made of a draft, `draft` in the answer tells what was changed. */
  reply(id, words, draftId = null) {
    return this.#request("POST", `${path(id)}/messages`, { text: words, ...(draftId && { draft_id: draftId }) });
  }

  /** Give it back to the assistant: `{note, item}`, each may be left out. */
  handBack(id, back = {}) {
    return this.#request("POST", `${path(id)}/hand-back`, back);
  }

  /** End it: `{outcome, note}`. */
  close(id, ending = {}) {
    return this.#request("POST", `${path(id)}/close`, ending);
  }

  /** Give it to a colleague or a department: `{to}` or `{department}`, and a `note` for them. */
  transfer(id, target) {
    return this.#request("POST", `${path(id)}/transfer`, target);
  }

  /** Return {item, materials, application}: what a conversation is about, personal values masked. */
  case(id) {
    return this.#request("GET", `${path(id)}/case`);
  }

  /** Return one masked value of the application; each look is written to the audit trail. */
  async unmask(id, field) {
    return (await this.#request("POST", `${path(id)}/unmask`, { field })).value;
  }

  /** Note up to which message was read; the citizen sees it. */
  read(id, seq) {
    return this.#request("POST", `${path(id)}/read`, { seq });
  }

  /** Return {canned_replies, outcomes}. */
  choices() {
    return this.#request("GET", "choices");
  }

  /** Return {colleagues, departments}: to whom a conversation can be transferred now. */
  colleagues() {
    return this.#request("GET", "colleagues");
  }

  /** Return the items whose name has these words. */
  async items(words) {
    return (await this.#request("GET", `items?q=${encodeURIComponent(words)}`)).items;
  }

  /** The address of the WebSocket that tells the lists as they change. */
  get streamAddress() {
    const url = new URL("/api/staff/stream", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  }

  requeue(id) {
    return this.#request("POST", `${path(id)}/requeue`);
  }

  /** Return the messages left out of hours; each look is written to the audit trail. */
  async messages() {
    return (await this.#request("GET", "messages")).messages;
  }

  messageDone(number) {
    return this.#request("POST", `messages/${encodeURIComponent(number)}/done`);
  }

  /** Return the newest reports; each look is written to the audit trail. */
  async reports() {
    return (await this.#request("GET", "reports")).reports;
  }

  #request(method, address, body) {
    return this.request(method, `/api/staff/${address}`, body);
  }
}

function path(id) {
  return `handoffs/${encodeURIComponent(id)}`;
}
