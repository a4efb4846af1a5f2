/** The server's REST interface, as a citizen's page uses it. */
const TIMEOUT_MS = 20_000;
const DRAWN_WITHIN_MS = 90_000;

/** The server could not be reached, or did not answer in time. */
export class Unreachable extends Error {}

/** The server answered with an error; `status` is its HTTP status. */
export class Refused extends Error {
  constructor(status) {
    super(`The server answered ${status}.`);
    this.status = status;
  }

  /** Tell whether the same request may succeed later. */
  get passing() {
    return this.status === 429 || this.status >= 500;
  }
}

/** A session is `{conversationId, token, …}`, as `start` returns it. */
export class Api {
  /** `base` is the server's origin, such as https://wenban.example. */
  constructor(base) {
    this.base = base;
  }

  /** Return what may be offered before a conversation: {demo, identities, max_characters}. */
  options() {
    return this.#json("/api/session-options");
  }

  /** Begin a conversation and return its session; `identity` is a demonstration identity's key or null. */
  async start(identity) {
    const begun = await this.#json("/api/conversations", { method: "POST", body: { identity } });
    return {
      conversationId: begun.conversation_id,
      token: begun.token,
      demo: begun.demo,
      identity,
      name: begun.identity?.name ?? null,
    };
  }

  /** Return the session of a conversation that the page's own server began: {conversation_id, token, name}. */
  provided({ conversation_id: conversationId, token, name = null }) {
    return { conversationId, token, demo: false, identity: null, name };
  }

  /** Send a message and return the events it led to; a repeated id is taken once. */
  async send(session, message) {
    const body = { text: message.text, client_message_id: message.id };
    return (await this.#json(`${path(session)}/messages`, { method: "POST", body, session })).events;
  }

  /** Return the next events after a number, none when there are no more. */
  async eventsAfter(session, seq) {
    return (await this.#json(`${path(session)}/events?after=${seq}`, { session })).events;
  }

  /** Give a rating {rating_id, level, reasons, comment}; return {level, label, thanks}. */
  rate(session, rating) {
    return this.#json(`${path(session)}/ratings`, { method: "POST", body: rating, session });
  }

  /** Say that the citizen ends the conversation; return whether they are asked how it was. */
  async end(session) {
    return (await this.#json(`${path(session)}/end`, { method: "POST", session })).events.length > 0;
  }

  /** Return a document, which may be drawn only now, as a Blob; the token goes to our own server only. */
  async document(session, address) {
    const url = new URL(address, this.base);
    if (url.origin !== new URL(this.base).origin) throw new Refused(400);
    return (await this.#request(url, { session, patience: DRAWN_WITHIN_MS })).blob();
  }

  /** Tell whether one can be heard and read to here. */
  async speaks() {
    return (await this.#json("/api/speech")).available;
  }

  /** Return a kept reply as the bytes of a WAV file, at a pace and a loudness. */
  async readAloud(session, seq, { speed, volume }) {
    const query = new URLSearchParams({ speed, volume });
    return (await this.#request(new URL(`${path(session)}/events/${seq}/speech?${query}`, this.base), { session })).arrayBuffer();
  }

  /** Return the address of a WebSocket of the conversation: `stream` for what is written, `voice` for what is said. */
  socket(session, name) {
    const url = new URL(`${path(session)}/${name}`, this.base);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  }

  async #json(address, request = {}) {
    return (await this.#request(new URL(address, this.base), request)).json();
  }

  async #request(url, { method = "GET", body, session, patience = TIMEOUT_MS }) {
    const headers = {};
    if (body) headers["Content-Type"] = "application/json";
    if (session) headers.Authorization = `Bearer ${session.token}`;
    const options = { method, headers, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(patience) };
    if (body) options.body = JSON.stringify(body);
    const response = await fetch(url, options).catch((error) => {
      throw new Unreachable(error.message);
    });
    if (!response.ok) throw new Refused(response.status);
    return response;
  }
}

function path(session) {
  return `/api/conversations/${encodeURIComponent(session.conversationId)}`;
}
