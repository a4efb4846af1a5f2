/** Who has the conversation, as its events tell. */
export class Handoff {
  /** "assistant", "queued" or "person" */
  state = "assistant";
  /** the person's name, while there is one */
  name = null;
  /** how many wait before this citizen, null when not told */
  ahead = null;
  /** how many minutes that may take, null when nobody knows */
  minutes = null;

  get withPerson() {
    return this.state === "person";
  }

  /** Take an event of the conversation into account. */
  take({ type, payload }) {
    if (type === "agent-joined") this.#become("person", { name: payload.name });
    else if (type === "agent-left") this.#become("assistant");
    else if (type === "handoff-queued") {
      const seconds = payload.estimated_seconds ?? null;
      this.#become("queued", { ahead: payload.position ?? null, minutes: seconds && Math.max(1, Math.round(seconds / 60)) });
    } else if (type === "reply" && payload.status === "handoff_left") this.#become("assistant");
    else if (type === "reply" && payload.status === "handed_over" && this.state === "assistant") this.state = "queued";
  }

  #become(state, told = {}) {
    Object.assign(this, { state, name: null, ahead: null, minutes: null, ...told });
  }
}
