/** The figures: a period is chosen above, everything below is of it. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { ExportMenu } from "./export_menu.js";
import { headline } from "./headline.js";
import { PeriodBar } from "./period_bar.js";
import { sections } from "./sections.js";
import { spanOf } from "./span.js";
import { unanswered } from "./unanswered.js";

export class FiguresView {
  #asked = 0;

  constructor(workplace) {
    this.workplace = workplace;
    this.api = workplace.api;
    this.bar = new PeriodBar(() => this.#load());
    this.span = element("p", { class: "span", role: "status" });
    this.results = element("div", { class: "results" });
    this.exports = workplace.account.role === "supervisor" ? new ExportMenu(workplace, this.bar) : null;
    this.node = element(
      "main",
      { class: "view figures", tabindex: "-1" },
      element(
        "div",
        { class: "page wide" },
        element(
          "header",
          { class: "page-head" },
          element("div", {}, element("h2", {}, text("figures.heading")), this.span),
          element(
            "div",
            { class: "deeds" },
            element("button", { class: "button", type: "button", onclick: () => print() }, text("figures.print")),
            this.exports?.node,
          ),
        ),
        this.bar.node,
        this.results,
      ),
    );
  }

  open() {
    return this.#load();
  }

  close() {
    this.#asked += 1;
  }

  /** Fetch and show the chosen period; an answer that another choice has overtaken is dropped. */
  async #load() {
    const asked = (this.#asked += 1);
    const chosen = this.bar.chosen;
    this.results.setAttribute("aria-busy", "true");
    if (!this.results.children.length) this.results.append(note(text("workplace.loading")));
    try {
      const found = await this.api.figures(chosen);
      if (asked === this.#asked) this.#show(found, chosen);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.workplace.failed(error);
      this.span.textContent = "";
      this.results.replaceChildren(note(text("figures.could_not"), () => this.#load()));
    } finally {
      if (asked === this.#asked) this.results.removeAttribute("aria-busy");
    }
  }

  #show(found, chosen) {
    const compared = text("figures.compared", { span: spanOf(found.before) });
    this.span.textContent = `${spanOf(found.period)} · ${compared}`;
    const questions = unanswered(() => this.workplace.act(() => this.api.unanswered(chosen)));
    this.exports?.show(found.themes);
    this.results.classList.toggle("one-day", found.period.days === 1);
    this.results.replaceChildren(headline(found.headline), ...sections(found), questions);
  }
}

function note(words, retry) {
  return element(
    "div",
    { class: "nothing-here" },
    element("p", {}, words),
    retry ? element("button", { class: "button", type: "button", onclick: retry }, text("figures.retry")) : null,
  );
}
