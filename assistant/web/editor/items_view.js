/** Every item, found by name, alias or department. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { couldNot, mark, nothing, waiting } from "./parts.js";

const SHOWN = 60;

export class ItemsView {
  #items = [];

  constructor(workshop) {
    this.workshop = workshop;
    this.search = element("input", {
      type: "search",
      placeholder: text("editor.search_placeholder"),
      "aria-label": text("editor.search"),
      oninput: () => this.#show(),
    });
    this.only = element("input", { type: "checkbox", onchange: () => this.#show() });
    this.count = element("p", { class: "lead", role: "status" });
    this.list = element("ul", { class: "rows" });
    this.node = element(
      "section",
      { class: "page" },
      element("h2", {}, text("editor.items")),
      element(
        "div",
        { class: "filters" },
        this.search,
        element("label", { class: "inline" }, this.only, text("editor.only_touched")),
      ),
      this.count,
      this.list,
    );
  }

  async open() {
    this.list.replaceChildren(element("li", {}, waiting()));
    try {
      this.#items = await this.workshop.api.items();
      this.#show();
      this.search.focus();
    } catch (error) {
      this.workshop.failed(error);
      this.list.replaceChildren(element("li", {}, couldNot(() => this.open())));
    }
  }

  #show() {
    const words = this.search.value.trim().toLowerCase();
    const found = this.#items.filter(
      (item) =>
        (!this.only.checked || item.revised || item.open.length) &&
        (!words || [item.name, item.department, item.theme, item.item_id, ...item.aliases].some((own) => own.toLowerCase().includes(words))),
    );
    const more = found.length > SHOWN ? text("editor.first_shown", { shown: SHOWN }) : "";
    this.count.textContent = text("editor.items_found", { count: found.length }) + more;
    this.list.replaceChildren(...found.slice(0, SHOWN).map(row));
    if (!found.length) this.list.replaceChildren(element("li", {}, nothing("editor.no_items", "editor.no_items_more")));
  }
}

function row(item) {
  return element(
    "li",
    {},
    element(
      "a",
      { href: `#item/${item.item_id}` },
      element("strong", {}, item.name),
      element("span", { class: "where" }, `${item.theme} · ${item.department}`),
      element("span", { class: "marks" }, item.revised && mark("revised"), item.open.map((state) => mark(state))),
    ),
  );
}
