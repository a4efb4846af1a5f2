/** A WebSocket of the conversation: it says hello, and comes back by itself after every break. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;
const REFUSALS = 4400; // codes from here on say that it will not be otherwise the next time

export class Stream {
  #address;
  #handlers;
  #socket = null;
  #timer = null;
  #wait = FIRST_WAIT_MS;
  #ended = false;

  /**
   * `hello()` returns the first message; `onEvent(event)` receives what comes, sound as an ArrayBuffer; `onOpen()`,
   * `onBreak()` and `onRefused(code)` tell what becomes of the connection.
   */
  constructor(address, { hello, onEvent, onOpen, onBreak, onRefused }) {
    this.#address = address;
    this.#handlers = { hello, onEvent, onOpen, onBreak, onRefused };
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Connect now, without waiting for the next attempt. */
  connect() {
    clearTimeout(this.#timer);
    if (this.#ended || this.#socket) return;
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      socket.send(JSON.stringify(this.#handlers.hello()));
      this.#handlers.onOpen();
    };
    socket.onmessage = ({ data }) => {
      this.#wait = FIRST_WAIT_MS;
      this.#handlers.onEvent(typeof data === "string" ? JSON.parse(data) : data);
    };
    socket.onclose = ({ code }) => this.#closed(socket, code);
  }

  /** Send a message, or sound as it is; return false when there is no connection. */
  send(message) {
    if (!this.isOpen) return false;
    this.#socket.send(message instanceof ArrayBuffer ? message : JSON.stringify(message));
    return true;
  }

  /** Drop a connection that no longer answers and make a new one. */
  renew() {
    const socket = this.#socket;
    if (!socket) return this.connect();
    socket.onclose = null;
    socket.close();
    return this.#closed(socket, null);
  }

  /** End for good. */
  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #closed(socket, code) {
    if (this.#socket !== socket) return;
    this.#socket = null;
    if (this.#ended) return;
    if (code >= REFUSALS) {
      this.#ended = true;
      this.#handlers.onRefused(code);
      return;
    }
    this.#timer = setTimeout(() => this.connect(), this.#wait * (0.75 + Math.random() / 2));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    this.#handlers.onBreak();
  }
}
