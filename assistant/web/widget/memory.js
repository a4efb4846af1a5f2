/** What survives a reload of the tab: the session, and messages that the server has not confirmed. */
export class Memory {
  /** `scope` keeps the conversations of different servers apart. */
  constructor(scope) {
    this.key = `wenban:${scope}`;
  }

  /** Return {session, unsent} or null. */
  recall() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key));
    } catch {
      return null; // storage is blocked or holds something else: begin anew
    }
  }

  keep(session, unsent) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ session, unsent }));
    } catch {
      // storage is blocked: the conversation lasts until the page is left
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // nothing was kept either
    }
  }
}
