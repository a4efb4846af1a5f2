/** Export the chosen period: everything as a workbook, or one table as CSV. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { toast } from "../workplace/toast.js";

const THEMES = ["overview", "days", "hours", "answers", "desk", "applications", "items"];

export class ExportMenu {
  /** `bar` knows the chosen period. */
  constructor(workplace, bar) {
    this.workplace = workplace;
    this.bar = bar;
    const { api } = workplace;
    const entry = (words, fetch) =>
      element("li", {}, element("button", { type: "button", onclick: () => this.#export(fetch) }, words));
    this.summary = element("summary", { class: "button" }, icon("download"), text("figures.export"));
    this.node = element(
      "details",
      { class: "export", onkeydown: (event) => event.key === "Escape" && this.#fold(true) },
      this.summary,
      element(
        "ul",
        {},
        entry(text("figures.export_workbook"), (period) => api.workbook(period)),
        THEMES.map((theme) =>
          entry(text("figures.export_csv", { theme: text(`figures.theme_${theme}`) }), (period) => api.csv(theme, period)),
        ),
      ),
    );
    this.node.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.node.contains(relatedTarget)) this.#fold(false);
    });
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

function save({ blob, name }) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
