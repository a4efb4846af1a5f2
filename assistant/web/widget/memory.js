/** What survives a reload of the tab: the session, and messages that the server has not confirmed. */
export class Memory {
  #key;
  #kept = null;

  /** `scope` keeps the conversations of different servers, and of several assistants on a page, apart. */
  constructor(scope) {
    this.#key = `wenban:${scope}`;
  }

  /** Return {session, unsent} or null. */
  recall() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key)) ?? this.#kept;
    } catch {
      return this.#kept; // storage is blocked or holds something else
    }
  }

  keep(session, unsent) {
    this.#kept = { session, unsent };
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
