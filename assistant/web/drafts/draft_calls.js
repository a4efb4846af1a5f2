/** What the server does with drafts; `api` is a SignedInApi. */
export class DraftCalls {
  constructor(api) {
    this.api = api;
  }

  /** Draft for a message of a conversation, by its number; null for what was said before a person had it. */
  forMessage(handoffId, seq) {
    const body = seq === null ? {} : { message_seq: seq };
    return this.#post(`handoffs/${encodeURIComponent(handoffId)}/drafts`, body);
  }

  forQuestion(question) {
    return this.#post("drafts", { question });
  }

  /** Return how words differ from the draft that they are being made of. */
  async difference(id, words) {
    return (await this.#post(`drafts/${encodeURIComponent(id)}/difference`, { text: words })).difference;
  }

  /** Note that an answer was given `by` phone or letter; return what was changed. */
  told(id, words, by) {
    return this.#post(`drafts/${encodeURIComponent(id)}/outcome`, { outcome: "sent", text: words, by });
  }

  reject(id) {
    return this.#post(`drafts/${encodeURIComponent(id)}/outcome`, { outcome: "rejected" });
  }

  /** Return one's own questions of this working day; each look is written to the audit trail. */
  async recent() {
    return (await this.api.request("GET", "/api/staff/drafts/recent")).questions;
  }

  report(days) {
    return this.api.request("GET", `/api/staff/drafts/report?days=${days}`);
  }

  #post(address, body) {
    return this.api.request("POST", `/api/staff/${address}`, body);
  }
}
