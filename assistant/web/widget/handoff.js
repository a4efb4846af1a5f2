/** Who has the conversation, as its events tell. */
export class Handoff {
  /** "assistant", "queued" or "person" */
  state = "assistant";
  /** the person's name, while there is one */
  name = null;
  /** how many wait before this citizen, null when not told */
  ahead = null;

  get withPerson() {
    return this.state === "person";
  }

  /** Take an event of the conversation into account. */
  take({ type, payload }) {
    if (type === "agent-joined") Object.assign(this, { state: "person", name: payload.name, ahead: null });
    else if (type === "agent-left") Object.assign(this, { state: "assistant", name: null, ahead: null });
    else if (type === "handoff-queued") Object.assign(this, { state: "queued", ahead: payload.position ?? null });
    else if (type === "reply" && payload.status === "handed_over" && this.state === "assistant") this.state = "queued";
  }
}
