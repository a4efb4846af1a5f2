/** The editors' REST interface. */
import { SignedInApi } from "../signed_in_api.js";

export class EditorApi extends SignedInApi {
  /** Return {since, withheld, gaps, changes} of the last `days`; each look is written to the audit trail. */
  gaps(days) {
    return this.#request("GET", `gaps/?days=${days}`);
  }

  /** Settle, dismiss or open a gap again. */
  decideGap(id, state, days) {
    return this.#request("PUT", `gaps/${encodeURIComponent(id)}/state?days=${days}`, { state });
  }

  /** Add a way of asking to one's draft of an item. */
  proposeAsk(id, ask, days) {
    return this.#request("POST", `gaps/${encodeURIComponent(id)}/asks?days=${days}`, ask);
  }

  /** Settle, dismiss or open again what staff changed of a field. */
  decideChange(change, state) {
    return this.#request("PUT", `${changed(change)}/state`, { state });
  }

  /** Put a sentence that staff changed, {before, after}, into one's draft of the guide. */
  proposeChange(change, { before, after }) {
    return this.#request("POST", `${changed(change)}/draft`, { before, after });
  }

  async items() {
    return (await this.#request("GET", "items")).items;
  }

  item(id) {
    return this.#request("GET", item(id));
  }

  /** Return the values that choice fields may take, by field. */
  choices() {
    return this.#request("GET", "choices");
  }

  begin(itemId) {
    return this.#request("POST", `${item(itemId)}/draft`);
  }

  /** Begin a draft of an earlier revision, or of the files when none is named. */
  restore(itemId, revision) {
    return this.#request("POST", `${item(itemId)}/restore`, { revision });
  }

  async reviews() {
    return (await this.#request("GET", "reviews")).reviews;
  }

  /** Tell whether the search knows what was approved: {in_step, failed}. */
  index() {
    return this.#request("GET", "index");
  }

  revision(id) {
    return this.#request("GET", revision(id));
  }

  preview(id) {
    return this.#request("GET", `${revision(id)}/preview`);
  }

  /** Keep a draft; `saved` is {version, asks, guide} or {version, asks, text}. */
  save(id, saved) {
    return this.#request("PUT", revision(id), saved);
  }

  /** Take a step: rebase, submit, withdraw, discard, approve or return. */
  step(id, name, body) {
    return this.#request("POST", `${revision(id)}/${name}`, body);
  }

  #request(method, address, body) {
    return this.request(method, `/api/editor/${address}`, body);
  }
}

function item(id) {
  return `items/${encodeURIComponent(id)}`;
}

function changed({ item_id: id, field }) {
  return `gaps/changes/${encodeURIComponent(id)}/${encodeURIComponent(field)}`;
}

function revision(id) {
  return `revisions/${encodeURIComponent(id)}`;
}
