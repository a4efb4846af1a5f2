/** What survives a reload of the tab: the session, and messages that the server has not confirmed. */
export class Memory {
  #key;
  #kept = null;

  /**
   * `scope` keeps the conversations of different servers, and of several assistants on a page, apart; with null nothing
   * survives, and nothing is written to the disk.
   */
  constructor(scope) {
    this.#key = scope && `wenban:${scope}`;
  }

  /** Return {session, unsent} or null. */
  recall() {
    try {
      return JSON.parse(this.#key && sessionStorage.getItem(this.#key)) ?? this.#kept;
    } catch {
      return this.#kept; // storage is blocked or holds something else
    }
  }

  keep(session, unsent) {
    this.#kept = { session, unsent };
    if (!this.#key) return;
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.#kept));
    } catch {
      // storage is blocked: the conversation lasts until the page is left
    }
  }

  forget() {
    this.#kept = null;
    try {
      sessionStorage.removeItem(this.#key);
    } catch {
      // nothing was kept either
    }
  }
}
