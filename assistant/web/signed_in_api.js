/** What the REST interfaces of the staff's pages share: the session, its CSRF token, and errors one can tell apart. */
const TIMEOUT_MS = 15_000;
const FILE_WITHIN_MS = 60_000;

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
    const response = await this.#ask(method, address, body, AbortSignal.timeout(TIMEOUT_MS));
    return response.json().catch(() => ({}));
  }

  /** Return {blob, name} of a file; throw Refused or Unreachable. */
  async file(address) {
    const response = await this.#ask("GET", address, undefined, AbortSignal.timeout(FILE_WITHIN_MS));
    const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "");
    return { blob: await response.blob(), name: named ? decodeURIComponent(named[1]) : "" };
  }

  /** Ask for an address that tells how it goes on: yield its lines of JSON as they come. */
  async *lines(method, address) {
    const response = await this.#ask(method, address);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await read(reader); !part.done; part = await read(reader)) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      for (const line of lines) yield JSON.parse(line);
    }
  }

  async #ask(method, address, body, signal) {
    const headers = {};
    if (method !== "GET" && this.#csrf) headers["X-CSRF-Token"] = this.#csrf;
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(address, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "same-origin",
      signal,
    }).catch(unreachable);
    if (response.ok) return response;
    const answer = await response.json().catch(() => ({}));
    throw new Refused(response.status, answer.message ?? "", answer.code);
  }

  #signedIn({ id, name, role, csrf }) {
    this.#csrf = csrf;
    return { id, name, role };
  }
}

function read(reader) {
  return reader.read().catch(unreachable);
}

function unreachable(error) {
  throw new Unreachable(error.message);
}
