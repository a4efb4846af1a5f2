/** The desk: the tabs and the list on the one side, the open application on the other. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { Refused } from "../signed_in_api.js";
import { toast } from "../workplace/toast.js";
import { ApplicationView } from "./application_view.js";
import { EntryList } from "./entry_list.js";
import { day } from "./parts.js";

const TABS = ["to_accept", "supplement", "processing", "overdue", "handed", "decided"];
const POLL_EVERY_MS = 10_000;
const SEARCH_AFTER_MS = 300;

export class Desk {
  #tab = TABS[0];
  #poll = null;
  #searching = null;
  #asked = 0;
  #unreachable = false;

  /** `workplace` is the frame of the page. */
  constructor(workplace) {
    this.workplace = workplace;
    this.api = workplace.api;
    this.tabs = Object.fromEntries(TABS.map((name) => [name, this.#tabButton(name)]));
    this.item = element("select", { "aria-label": text("office.item"), onchange: () => this.refresh(true) }, allItems());
    this.number = element("input", {
      type: "search",
      inputmode: "numeric",
      autocomplete: "off",
      placeholder: text("office.search"),
      "aria-label": text("office.search"),
      oninput: () => this.#searchSoon(),
    });
    this.attention = element("button", { class: "attention", type: "button", hidden: true, onclick: () => this.#choose("overdue") });
    this.scope = element("p", { class: "scope", hidden: true });
    this.list = new EntryList({ open: (receipt) => this.#go(receipt), more: () => this.#more() });
    this.view = new ApplicationView(workplace, () => this.refresh(), () => this.#go(""));
    this.node = element(
      "div",
      { class: "office" },
      element(
        "div",
        { class: "bar", role: "search", "aria-label": text("office.filters") },
        element("div", { class: "chips", role: "group", "aria-label": text("office.tabs") }, Object.values(this.tabs)),
        element("div", { class: "filters" }, this.item, this.number),
      ),
      element("nav", { class: "side", "aria-label": text("workplace.page_applications") }, this.scope, this.attention, this.list.node),
      this.view.node,
    );
  }

  /** Show what the address names, and watch the lists; a hidden tab does not ask. */
  open() {
    addEventListener("hashchange", this.#route);
    document.addEventListener("visibilitychange", this.#seen);
    this.#poll = setInterval(this.#seen, POLL_EVERY_MS);
    this.refresh(true);
    this.#route();
  }

  /** Watch no longer. */
  close() {
    clearInterval(this.#poll);
    clearTimeout(this.#searching);
    this.#poll = null;
    removeEventListener("hashchange", this.#route);
    document.removeEventListener("visibilitychange", this.#seen);
  }

  /** Fetch the list and the counts; `anew` begins the list at its top. */
  async refresh(anew = false) {
    if (this.#poll === null) return;
    const asked = ++this.#asked;
    try {
      const number = this.number.value.trim();
      const found = number ? await this.api.search(number) : await this.#listed(anew ? 0 : this.list.length);
      if (asked !== this.#asked || this.#poll === null) return;
      this.#unreachable = false;
      this.list.show(found.entries, found.more, text(number ? "office.not_found" : `office.empty_${this.#tab}`));
      if (found.counts) this.#count(found);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Fetch as many lines of the tab as are shown, a part at a time. */
  async #listed(shown) {
    const found = await this.api.list(this.#tab, this.item.value);
    while (found.more && found.entries.length < shown) {
      const next = await this.api.list(this.#tab, this.item.value, found.entries.length);
      found.entries.push(...next.entries);
      found.more = next.more;
    }
    return found;
  }

  async #more() {
    await this.workplace.act(async () => {
      const found = await this.#listed(this.list.length + 1);
      this.list.show(found.entries, found.more, "");
    });
  }

  #count({ counts, attention, items, scope, today }) {
    this.scope.hidden = scope === null;
    this.scope.textContent = scope ?? "";
    for (const name of TABS) {
      this.tabs[name].lastChild.textContent = counts[name];
      this.tabs[name].setAttribute("aria-pressed", String(name === this.#tab));
    }
    this.tabs.handed.hidden = counts.handed === 0 && this.#tab !== "handed";
    this.tabs.overdue.classList.toggle("pressing", counts.overdue > 0);
    const { overdue, near } = attention;
    this.attention.hidden = overdue + near === 0 || this.#tab === "overdue";
    this.attention.replaceChildren(
      icon("alert"),
      element(
        "span",
        {},
        element("strong", {}, text("office.attention", { day: day(today) })),
        [overdue && text("office.attention_overdue", { count: overdue }), near && text("office.attention_near", { count: near })]
          .filter(Boolean)
          .join(text("office.between")),
      ),
    );
    const chosen = this.item.value;
    this.item.replaceChildren(allItems(), ...items.map(({ item_id: id, name }) => element("option", { value: id }, name)));
    this.item.value = chosen;
    document.title = overdue ? text("office.title_overdue", { count: overdue, title: this.workplace.title }) : this.workplace.title;
  }

  #choose(name) {
    this.#tab = name;
    this.number.value = "";
    for (const one of TABS) this.tabs[one].setAttribute("aria-pressed", String(one === name));
    this.refresh(true);
  }

  #searchSoon() {
    clearTimeout(this.#searching);
    this.#searching = setTimeout(() => this.refresh(true), SEARCH_AFTER_MS);
  }

  #tabButton(name) {
    return element(
      "button",
      { class: "chip", type: "button", "aria-pressed": String(name === this.#tab), onclick: () => this.#choose(name) },
      text(`office.tab_${name}`),
      element("span", { class: "count" }, "0"),
    );
  }

  #go(receipt) {
    if (location.hash.slice(1) === receipt) this.#route();
    else if (receipt) location.hash = receipt;
    else history.pushState(null, "", location.pathname);
    if (!receipt) this.#route();
  }

  #route = () => {
    const receipt = decodeURIComponent(location.hash.slice(1));
    this.list.current = receipt || null;
    this.node.classList.toggle("reading", receipt !== "");
    this.view.open(receipt || null);
  };

  #seen = () => document.hidden || this.refresh();

  /** A poll that fails says so once; the next one tries again. */
  #failed(error) {
    if (error instanceof Refused) this.workplace.failed(error);
    else if (!this.#unreachable) toast(text("workplace.unreachable"));
    this.#unreachable = true;
  }
}

function allItems() {
  return element("option", { value: "" }, text("office.all_items"));
}
