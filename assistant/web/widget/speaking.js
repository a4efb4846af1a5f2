/** Speaking and reading aloud, loaded when it is first wanted. */
import { part } from "./parts.js";

export class Speaking {
  /** whether anybody is heard here */
  isThere = false;
  #speech = null;

  /** `place` is the element to be seen in; the rest is what speaking needs (speech/speech.js). */
  constructor(api, face, composer, needs) {
    this.face = face;
    this.lacking = needs.lacking;
    this.make = (Speech) => (this.#speech ??= new Speech(api, face, composer, needs));
    composer.onSpeak = () => this.open();
  }

  /** Begin to listen. */
  open() {
    this.#do("open").catch(this.lacking);
  }

  /** Read a kept reply aloud. */
  read(seq) {
    this.#do("read", seq).catch(this.lacking);
  }

  /** Read a reply aloud that has just come, unless the spoken session does, or the page may not sound yet. */
  readBySelf(seq) {
    const mayNot = navigator.userActivation?.hasBeenActive === false;
    if (this.face.reading && this.isThere && !mayNot && !this.#speech?.isOpen) {
      this.#do("read", seq).catch(() => undefined); // what was not asked for is not missed
    }
  }

  /** Send a message through the spoken session; tell whether it was sent. */
  send(message) {
    return this.#speech?.send(message) ?? false;
  }

  /** Stop reading aloud; listen no more; speak as was just chosen. */
  hush() {
    this.#speech?.hush();
  }

  close() {
    this.#speech?.close();
  }

  suit() {
    this.#speech?.suit();
  }

  async #do(deed, ...what) {
    this.make(await part("speech.js"))[deed](...what);
  }
}
