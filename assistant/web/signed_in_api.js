/** What the REST interfaces of the staff's pages share: the session, its CSRF token, and errors one can tell apart. */
const TIMEOUT_MS = 15_000;

/** The server refused; `message` is its sentence for the reader, `status` the HTTP status, `code` which refusal it is. */
export class Refused extends Error {
  constructor(status, message, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The server could not be reached. */
export class Unreachable extends Error {}

export class SignedInApi {
  #csrf = null;

  /** Return who is signed in, {id, name, role}, or null. */
  async session() {
    try {
      return this.#signedIn(await this.request("GET", "/api/staff/session"));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }
  }

  async signIn(name, password) {
    return this.#signedIn(await this.request("POST", "/api/staff/session", { name, password }));
  }

  signOut() {
    return this.request("DELETE", "/api/staff/session");
  }

  /** Ask for an address and return the answer's JSON; throw Refused or Unreachable. */
  async request(method, address, body) {
    const headers = {};
    if (method !== "GET" && this.#csrf) headers["X-CSRF-Token"] = this.#csrf;
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(address, {
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
    if (!response.ok) throw new Refused(response.status, answer.message ?? "", answer.code);
    return answer;
  }

  #signedIn({ id, name, role, csrf }) {
    this.#csrf = csrf;
    return { id, name, role };
  }
}
