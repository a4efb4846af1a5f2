/** The REST interface of the follow-ups; every look at one of them is written to the audit trail. */
import { SignedInApi } from "../signed_in_api.js";

export class FollowUpsApi extends SignedInApi {
  /** Return {follow_ups, supervisors}; nothing that a citizen wrote is among it. */
  all() {
    return this.request("GET", "/api/staff/follow-ups");
  }

  /** Return one with what the citizen wrote. */
  async one(id) {
    return (await this.request("GET", path(id))).follow_up;
  }

  /** Return what was said in the conversation: [{role, text, at}]. */
  async transcript(id) {
    return (await this.request("GET", `${path(id)}/transcript`)).transcript;
  }

  /** Return {phone, comment}: how the citizen is reached. */
  contact(id) {
    return this.request("GET", `${path(id)}/contact`);
  }

  assign(id, staffId) {
    return this.#do(id, "assign", { staff_id: staffId });
  }

  /** Keep a note; `tell` sends it to the citizen too. */
  note(id, words, tell) {
    return this.#do(id, "notes", { text: words, tell });
  }

  contacted(id) {
    return this.#do(id, "contacted");
  }

  /** `ending` is {outcome, agrees, findings}. */
  close(id, ending) {
    return this.#do(id, "close", ending);
  }

  /** Return the follow-up as it stands then. */
  async #do(id, deed, body) {
    return (await this.request("POST", `${path(id)}/${deed}`, body)).follow_up;
  }
}

function path(id) {
  return `/api/staff/follow-ups/${encodeURIComponent(id)}`;
}
