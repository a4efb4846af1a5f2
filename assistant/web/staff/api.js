/** The staff's REST interface. */
const TIMEOUT_MS = 15_000;

/** The server refused; `message` is its sentence for the reader, `status` the HTTP status. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The server could not be reached. */
export class Unreachable extends Error {}

export class StaffApi {
  #csrf = null;

  /** Return who is signed in, {name, role}, or null. */
  async session() {
    try {
      return this.#signedIn(await this.#request("GET", "session"));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }
  }

  async signIn(name, password) {
    return this.#signedIn(await this.#request("POST", "session", { name, password }));
  }

  signOut() {
    return this.#request("DELETE", "session");
  }

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

  reply(id, words) {
    return this.#request("POST", `${path(id)}/messages`, { text: words });
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

  #signedIn({ name, role, csrf }) {
    this.#csrf = csrf;
    return { name, role };
  }

  async #request(method, address, body) {
    const headers = {};
    if (method !== "GET" && this.#csrf) headers["X-CSRF-Token"] = this.#csrf;
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(`/api/staff/${address}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error) => {
      throw new Unreachable(error.message);
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(response.status, answer.message ?? "");
    return answer;
  }
}

function path(id) {
  return `handoffs/${encodeURIComponent(id)}`;
}
