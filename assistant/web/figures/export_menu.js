/** Export the chosen period: everything as a workbook, or one table as CSV. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { save } from "../saving.js";
import { text } from "../texts.js";
import { toast } from "../workplace/toast.js";

export class ExportMenu {
  /** `bar` knows the chosen period. */
  constructor(workplace, bar) {
    this.workplace = workplace;
    this.bar = bar;
    this.list = element("ul");
    this.summary = element("summary", { class: "button" }, icon("download"), text("figures.export"));
    this.node = element(
      "details",
      { class: "export", onkeydown: (event) => event.key === "Escape" && this.#fold(true) },
      this.summary,
      this.list,
    );
    this.node.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.node.contains(relatedTarget)) this.#fold(false);
    });
  }

  /** Offer the tables that the period has: [{theme, label}]. */
  show(themes) {
    const { api } = this.workplace;
    const entry = (words, fetch) =>
      element("li", {}, element("button", { type: "button", onclick: () => this.#export(fetch) }, words));
    this.list.replaceChildren(
      entry(text("figures.export_workbook"), (period) => api.workbook(period)),
      ...themes.map(({ theme, label }) =>
        entry(text("figures.export_csv", { theme: label }), (period) => api.csv(theme, period)),
      ),
    );
  }

  #fold(focus) {
    this.node.open = false;
    if (focus) this.summary.focus();
  }

  async #export(fetch) {
    this.#fold(true);
    toast(text("figures.exporting"));
    const file = await this.workplace.act(() => fetch(this.bar.chosen));
    if (!file) return;
    save(file);
    toast(text("figures.exported", { name: file.name }));
  }
}
