/** What is written in each conversation and not sent yet; it survives a reload of the tab, and belongs to one account. */
const KEY = "wenban:staff-unsent";

export class Unsent {
  #kept = new Map();

  constructor(account) {
    this.account = account;
    try {
      const { owner, kept } = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
      if (owner === account) this.#kept = new Map(kept);
    } catch {
      // storage is blocked or holds something else: nothing is known
    }
    this.#save();
  }

  /** Return {words, draftId} of a conversation. */
  get(id) {
    return this.#kept.get(id) ?? { words: "", draftId: null };
  }

  has(id) {
    return this.#kept.has(id);
  }

  /** Keep what is written; nothing is kept of nothing. */
  set(id, words, draftId) {
    if (words) this.#kept.set(id, { words, draftId });
    else this.#kept.delete(id);
    this.#save();
  }

  #save() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ owner: this.account, kept: [...this.#kept] }));
    } catch {
      // storage is blocked: it is kept until the page is left
    }
  }
}
