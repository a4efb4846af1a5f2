/** Put events in order: each numbered event is delivered once, and none before its predecessors. */
export class Intake {
  #deliver;
  #fetchAfter;
  #held = new Map();
  #filling = null;

  /**
   * `deliver(event)` receives the events in order; `fetchAfter(seq)` returns the next ones from the server, none
   * when there are no more.
   */
  constructor(deliver, fetchAfter) {
    this.#deliver = deliver;
    this.#fetchAfter = fetchAfter;
    this.lastSeq = 0;
  }

  /** Take an event from any way in. */
  take(event) {
    if (event.seq === null || event.seq === undefined) return this.#deliver(event);
    if (event.seq <= this.lastSeq) return undefined;
    this.#held.set(event.seq, event);
    this.#release();
    if (this.#held.size > 0) this.fill().catch(() => undefined); // the next way in tries again
    return undefined;
  }

  /** Fetch everything that is missing; rejects when the server cannot be asked. */
  fill() {
    this.#filling ??= this.#fetchAll().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  async #fetchAll() {
    for (;;) {
      const events = await this.#fetchAfter(this.lastSeq);
      if (events.length === 0) break;
      const before = this.lastSeq; // the stream may have delivered some of them meanwhile
      for (const event of events) if (event.seq > before) this.#held.set(event.seq, event);
      this.#release();
      if (this.lastSeq === before && this.#held.size > 0) this.#skipGap();
    }
  }

  #release() {
    for (let event = this.#held.get(this.lastSeq + 1); event; event = this.#held.get(this.lastSeq + 1)) {
      this.#held.delete(event.seq);
      this.lastSeq = event.seq;
      this.#deliver(event);
    }
  }

  /** Go on after numbers that the server no longer has (deleted on request). */
  #skipGap() {
    this.lastSeq = Math.min(...this.#held.keys()) - 1;
    this.#release();
  }
}
