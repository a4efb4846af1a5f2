/** A list that stays folded; it is fetched when somebody wants to see it, since each look is audited. */
import { element } from "../dom.js";
import { text } from "../texts.js";

export class FoldedList {
  /**
   * `name` names the texts and the section; `fetchEntries()` resolves to the entries, or null when that did not work;
   * `article(entry)` makes an entry's element.
   */
  constructor(name, fetchEntries, article) {
    this.fetchEntries = fetchEntries;
    this.article = article;
    this.empty = element("p", { class: "empty", hidden: true }, text(`staff.${name}_empty`));
    this.list = element("div", { class: "left" });
    this.refresh = element("button", { class: "button", type: "button", onclick: () => this.#load() }, text("workplace.refresh"));
    const folded = element(
      "details",
      { ontoggle: () => folded.open && this.#load() },
      element("summary", {}, element("h2", {}, text(`staff.${name}`))),
      element("p", { class: "lead" }, text(`staff.${name}_lead`)),
      this.empty,
      this.list,
      this.refresh,
    );
    this.node = element("section", { class: `folded ${name}` }, folded);
  }

  /** Take an entry's element off the list; the focus goes to the refresh button. */
  remove(node) {
    node.remove();
    this.empty.hidden = this.list.children.length > 0;
    this.refresh.focus();
  }

  async #load() {
    const entries = await this.fetchEntries();
    if (entries === null) return;
    this.list.replaceChildren(...entries.map(this.article));
    this.empty.hidden = entries.length > 0;
  }
}

/** Return the pairs of a description list, {key of the text: value}; empty values are left out. */
export function particulars(pairs) {
  return element(
    "dl",
    {},
    Object.entries(pairs)
      .filter(([, value]) => value)
      .map(([key, value]) => element("div", {}, element("dt", {}, text(key)), element("dd", {}, value))),
  );
}
