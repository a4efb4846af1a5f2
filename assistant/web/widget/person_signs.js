/** Signs between the citizen and the person who has the conversation: who is typing, and what was read. */
import { element } from "../dom.js";
import { text } from "../wording.js";

const TELL_EVERY_MS = 3_000;
const SHOWN_MS = 6_000;
/** After these the person's numbers go on: the conversation waits for another one. */
const GOES_ON = ["no_answer", "transferred"];

export class PersonSigns {
  /** the name of the person who is typing, else null */
  typist = null;
  #told = 0;
  #timer = null;
  #heard = 0;
  #reported = 0;
  #sent = [];
  #readUpTo = 0;

  /** `send(sign)` sends a sign to the server and returns whether it could. */
  constructor(send) {
    this.send = send;
  }

  /** Forget everything, for another conversation. */
  clear() {
    this.#told = 0;
    this.#heard = 0;
    this.#reported = 0;
    this.#sent = [];
    this.#readUpTo = 0;
    this.#end();
  }

  /** Tell that the citizen is typing, at most every three seconds. */
  typing() {
    if (performance.now() - this.#told < TELL_EVERY_MS && this.#told) return;
    this.#told = performance.now();
    this.send({ type: "typing" });
  }

  /** Remember an entry that the person can read, by its number. */
  sent(seq, node) {
    this.#sent.push({ seq, node });
    this.#told = 0;
    this.#read(this.#readUpTo);
  }

  /** Tell up to which event the person's words were on the screen; what cannot be told now is told the next time. */
  seen() {
    if (this.#heard <= this.#reported) return;
    if (this.send({ type: "read", seq: this.#heard })) this.#reported = this.#heard;
  }

  /** Take an event of the conversation into account; `changed()` hears when nobody is typing any longer. */
  take({ type, seq, payload }, changed) {
    if (type === "agent-typing") {
      clearTimeout(this.#timer);
      this.typist = payload.name;
      this.#timer = setTimeout(() => {
        this.#end();
        changed();
      }, SHOWN_MS);
    } else if (type === "agent-message") {
      this.#heard = seq ?? this.#heard;
      this.#end();
    } else if (type === "agent-read") this.#read(payload.message_seq);
    else if (type === "agent-left" && !GOES_ON.includes(payload.outcome)) this.clear();
    else if (type === "reply" && payload.status === "handoff_left") this.clear();
  }

  #read(upTo) {
    this.#readUpTo = upTo;
    for (const { node } of this.#sent.filter(({ seq }) => seq <= upTo)) {
      node.append(element("p", { class: "seen" }, text("handoff.read")));
    }
    this.#sent = this.#sent.filter(({ seq }) => seq > upTo);
  }

  #end() {
    clearTimeout(this.#timer);
    this.typist = null;
  }
}
