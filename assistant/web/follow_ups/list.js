/** A list of follow-ups of one standing. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { dueWords, levelPill } from "./words.js";

export class FollowUpList {
  #links = new Map();

  /** `name` is the standing: overdue, due_soon, open or done, which is folded. */
  constructor(name) {
    this.name = name;
    this.count = element("span", { class: "count" }, "0");
    this.list = element("ul", { class: "card-list" });
    const heading = element("h2", {}, text(`follow_ups.${name}`), this.count);
    this.node =
      name === "done"
        ? element("section", { class: "folded list-done" }, element("details", {}, element("summary", {}, heading), this.list))
        : element("section", { class: `list-${name}` }, heading, this.list);
    this.node.hidden = true;
  }

  /** Show the follow-ups, in the server's order; the focus stays where it was. */
  show(followUps) {
    const focused = [...this.#links].find(([, link]) => link === link.getRootNode().activeElement)?.[0];
    this.#links = new Map(followUps.map((followUp) => [followUp.follow_up_id, row(followUp)]));
    this.list.replaceChildren(...[...this.#links.values()].map((link) => element("li", {}, link)));
    this.count.textContent = String(followUps.length);
    this.node.hidden = followUps.length === 0;
    this.focus(focused);
  }

  /** The follow-up that is open, by id; null for none. */
  set current(id) {
    for (const [own, link] of this.#links) {
      if (own === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** Move the focus to a follow-up, if it is here. */
  focus(id) {
    this.#links.get(id)?.focus();
  }
}

function row(followUp) {
  return element(
    "a",
    { href: `#${encodeURIComponent(followUp.follow_up_id)}` },
    element("span", { class: "summary" }, followUp.service),
    levelPill(followUp.level, followUp.level_label),
    element("span", { class: "reason" }, followUp.reasons.join(text("follow_ups.and")) || text("follow_ups.no_reason")),
    element("span", { class: "time" }, dueWords(followUp)),
  );
}
