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

  /** What a page is told. */
  get told() {
    const { state, name, ahead, minutes } = this;
    return { state, name, ahead, minutes };
  }

  /** Take an event of the conversation into account; tell whether it changed anything. */
  take({ type, payload }) {
    const seconds = payload.estimated_seconds;
    if (type === "agent-joined") return this.#become("person", { name: payload.name });
    if (type === "handoff-queued") {
      const minutes = seconds ? Math.max(1, Math.round(seconds / 60)) : null;
      return this.#become("queued", { ahead: payload.position ?? null, minutes });
    }
    const left = type === "agent-left" || (type === "reply" && payload.status === "handoff_left");
    if (left) return this.#become("assistant");
    if (type === "reply" && payload.status === "handed_over" && this.state === "assistant") return this.#become("queued");
    return false;
  }

  #become(state, told = {}) {
    const before = JSON.stringify(this.told);
    Object.assign(this, { state, name: null, ahead: null, minutes: null, ...told });
    return before !== JSON.stringify(this.told);
  }
}
