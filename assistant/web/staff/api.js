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

  /** Send a message; of one made of a draft, `draft` in the answer tells what was changed. */
  reply(id, words, draftId = null) {
    return this.#request("POST", `${path(id)}/messages`, { text: words, ...(draftId && { draft_id: draftId }) });
  }

  handBack(id) {
    return this.#request("POST", `${path(id)}/hand-back`);
  }

  close(id) {
    return this.#request("POST", `${path(id)}/close`);
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
