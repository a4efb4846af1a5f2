/** What was said, with the assistant and since; new lines are added, none is drawn twice. */
import { element } from "../dom.js";
import { prose } from "../prose.js";
import { text } from "../texts.js";
import { clock } from "../time.js";

const NEAR_END_PX = 80;

export class Transcript {
  #shown = 0;
  #atEnd = true;
  #said = [];

  constructor() {
    this.node = element("div", {
      class: "transcript",
      role: "log",
      tabindex: "0",
      "aria-label": text("staff.transcript"),
      onscroll: () => {
        this.#atEnd = this.#nearEnd();
      },
    });
    new ResizeObserver(() => this.#atEnd && this.#toEnd()).observe(this.node);
    this.clear();
  }

  clear() {
    this.#shown = 0;
    this.#said = [];
    this.node.replaceChildren(element("p", { class: "loading" }, text("workplace.loading")));
  }

  /** Show the lines of a transcript: [{role, text, at, seq}]; `seq` numbers what was said with a person. */
  show(lines) {
    const first = this.#shown === 0;
    if (first || lines.length < this.#shown) {
      this.node.replaceChildren();
      this.#shown = 0;
      this.#said = [];
    }
    this.node.setAttribute("aria-live", first ? "off" : "polite"); // what was said before is read, not announced
    const follow = first || this.#nearEnd();
    const added = lines.slice(this.#shown);
    for (const line of added) {
      const node = row(line);
      this.node.append(node);
      if (line.role === "staff" && line.seq) this.#said.push({ seq: line.seq, node });
    }
    this.#shown = lines.length;
    if (follow && added.length > 0) this.#toEnd();
  }

  /** Mark the staff's words that the citizen has read, up to a number. */
  markRead(upTo) {
    for (const { node } of this.#said.filter(({ seq }) => seq <= upTo)) {
      node.querySelector(".by").append(element("span", { class: "read" }, text("staff.read")));
    }
    this.#said = this.#said.filter(({ seq }) => seq > upTo);
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
  }
}

function row({ role, text: words, at }) {
  return element(
    "article",
    { class: `row ${role}` },
    element("p", { class: "by" }, text(`staff.role_${role}`), element("time", { datetime: at }, clock(at, Date.now()))),
    element("div", { class: "words" }, prose(words)),
  );
}
