/** The audit trail: a check of the whole above, filters, and the entries that they let through, newest first. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { save } from "../saving.js";
import { text } from "../texts.js";
import { toast } from "../workplace/toast.js";
import { CheckPanel } from "./check_panel.js";
import { EntryTable } from "./entry_table.js";
import { FilterBar } from "./filter_bar.js";

export class AuditView {
  #asked = 0;
  #count = 0;

  constructor(workplace) {
    this.workplace = workplace;
    this.api = workplace.api;
    this.filters = new FilterBar(() => this.#load());
    this.check = new CheckPanel(workplace, (seq) => this.#load(seq));
    this.table = new EntryTable((subject) => this.filters.narrow({ subject }, "subject"));
    this.span = element("p", { class: "span", role: "status" });
    this.results = element("div", { class: "results" });
    this.more = element("button", { class: "button", type: "button", onclick: () => this.#loadMore() }, text("audit.more"));
    this.download = element(
      "button",
      { class: "button", type: "button", onclick: () => this.#export() },
      icon("download"),
      text("audit.export"),
    );
    this.node = element(
      "main",
      { class: "view audit", tabindex: "-1" },
      element(
        "div",
        { class: "page" },
        element(
          "header",
          { class: "page-head" },
          element("div", {}, element("h2", {}, text("audit.heading")), this.span),
          element("div", { class: "deeds" }, this.download, this.check.button),
        ),
        this.check.said,
        this.check.node,
        this.filters.node,
        this.results,
      ),
    );
  }

  async open() {
    const loading = this.#load();
    const choices = await this.workplace.act(() => this.api.choices());
    if (choices) {
      this.filters.offer(choices);
      this.check.showLast(choices.last_check);
    }
    return loading;
  }

  close() {
    this.#asked += 1;
    this.check.close();
  }

  /** Fetch and show what the filters let through; with `around`, everything from shortly after that entry on. */
  async #load(around) {
    const asked = (this.#asked += 1);
    if (around) this.filters.clear();
    this.results.setAttribute("aria-busy", "true");
    if (!this.results.children.length) this.results.append(note(text("workplace.loading")));
    try {
      const found = await this.api.entries(this.filters.chosen, around && around + 3);
      if (asked === this.#asked) this.#show(found, around);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.workplace.failed(error);
      this.span.textContent = "";
      this.results.replaceChildren(note(text("audit.could_not"), text("audit.retry"), () => this.#load(around)));
    } finally {
      if (asked === this.#asked) this.results.removeAttribute("aria-busy");
    }
  }

  #show({ entries, more, count }, around) {
    this.#count = count;
    this.table.show(entries, this.filters.isOpen);
    this.more.hidden = !more;
    this.#say(around);
    this.download.disabled = entries.length === 0;
    if (entries.length === 0) {
      this.results.replaceChildren(note(text("audit.nothing"), text("audit.clear"), () => this.filters.narrow({}, "who")));
      return;
    }
    this.results.replaceChildren(this.table.node, element("p", { class: "more" }, this.more));
    if (around) this.table.focus(around);
    else if (document.activeElement === document.body) this.node.focus({ preventScroll: true });
  }

  #say(around) {
    const shown = this.table.length;
    if (around) {
      const back = element("button", { class: "link", type: "button", onclick: () => this.#load() }, text("audit.newest"));
      this.span.replaceChildren(text("audit.around", { seq: around }), back);
    } else this.span.textContent = text(shown < this.#count ? "audit.shown" : "audit.all", { shown, count: this.#count });
  }

  async #loadMore() {
    const asked = this.#asked;
    this.more.disabled = true;
    const found = await this.workplace.act(() => this.api.entries(this.filters.chosen, this.table.last));
    this.more.disabled = false;
    if (!found || asked !== this.#asked) return;
    const first = this.table.add(found.entries);
    this.more.hidden = !found.more;
    if (this.#count) this.#say();
    first?.focus({ preventScroll: true });
  }

  async #export() {
    this.download.disabled = true;
    toast(text("audit.exporting"));
    const file = await this.workplace.act(() => this.api.csv(this.filters.chosen));
    this.download.disabled = false;
    if (!file) return;
    save(file);
    toast(text("audit.exported", { name: file.name }));
  }
}

function note(words, deed, act) {
  return element(
    "div",
    { class: "nothing-here" },
    element("p", {}, words),
    deed ? element("button", { class: "button", type: "button", onclick: act }, deed) : null,
  );
}
