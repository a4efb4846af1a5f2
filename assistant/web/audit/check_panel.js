/** Check the whole trail, and say clearly what was found. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { moment } from "./moments.js";

export class CheckPanel {
  #closed = false;

  /** `show(seq)` brings an entry into view. */
  constructor(workplace, show) {
    this.workplace = workplace;
    this.show = show;
    this.button = element(
      "button",
      { class: "button primary", type: "button", onclick: () => this.#verify() },
      icon("lock"),
      text("audit.verify"),
    );
    this.said = element("p", { class: "spoken", role: "status" });
    this.node = element("section", { class: "panel check", "aria-label": text("audit.check"), hidden: true });
  }

  /** Say how the last check came out: {at, name, entries, faults}, or null where there was none. */
  showLast(check) {
    if (!this.node.hidden) return;
    if (!check) this.#say("unchecked", text("audit.never_checked"));
    else {
      const words = text(check.faults ? "audit.last_broken" : "audit.last_whole", { ...check, at: moment(check.at) });
      this.#say(check.faults ? "broken" : "whole", words);
    }
  }

  close() {
    this.#closed = true;
  }

  async #verify() {
    this.button.disabled = true;
    try {
      await this.#follow();
    } catch (error) {
      if (this.#closed) return;
      this.workplace.failed(error);
      this.#say("broken", text("audit.check_failed"));
      this.said.textContent = text("audit.check_failed");
    } finally {
      this.button.disabled = false;
    }
  }

  async #follow() {
    const bar = element("progress", { "aria-label": text("audit.checking") });
    const said = element("p", {}, text("audit.checking"));
    this.said.textContent = text("audit.checking");
    this.#put("checking", element("div", {}, said, bar));
    let outcome = null;
    for await (const told of this.workplace.api.verify()) {
      if (this.#closed) return;
      if ("faults" in told) outcome = told;
      else {
        [bar.value, bar.max] = [told.done, told.of];
        said.textContent = text("audit.checking_at", told);
      }
    }
    if (!outcome) throw new Error("The check broke off.");
    this.#tell(outcome);
  }

  #tell({ checked, faults, fault_count: count, doubtful_from: from, anchored_since: since }) {
    if (!count) {
      const anchor = text(since === null ? "audit.no_anchor" : "audit.anchored", { seq: since });
      this.#say("whole", text("audit.whole", { count: checked }), element("p", { class: "soft" }, anchor));
      this.said.textContent = text("audit.whole", { count: checked });
      return;
    }
    const before = from > 1 ? text("audit.holds_before", { seq: from - 1, from }) : text("audit.holds_nowhere");
    const places = faults.map((fault) => this.#place(fault));
    const rest = count > faults.length && element("li", {}, text("audit.more_faults", { count: count - faults.length }));
    this.#say(
      "broken",
      text("audit.broken", { count }),
      element("p", {}, before),
      element("ul", { class: "faults" }, places, rest),
      element("p", { class: "soft" }, text("audit.what_now")),
    );
    this.said.textContent = text("audit.broken", { count }) + before;
  }

  #place({ seq, text: words }) {
    const look = element(
      "button",
      { class: "link", type: "button", "aria-label": text("audit.look_at", { seq }), onclick: () => this.show(seq) },
      text("audit.look"),
    );
    return element("li", {}, words, look);
  }

  #say(state, words, ...more) {
    this.#put(state, element("div", {}, element("p", { class: "outcome" }, words), more));
  }

  #put(state, content) {
    this.node.hidden = false;
    this.node.dataset.state = state;
    this.node.replaceChildren(icon(state === "broken" ? "alert" : "lock"), content);
  }
}
