/** How the assistant would answer from a revision, facet by facet. */
import { element } from "../dom.js";
import { prose } from "../prose.js";
import { text } from "../texts.js";
import { couldNot, waiting } from "./parts.js";

export class PreviewPane {
  constructor(workshop) {
    this.workshop = workshop;
    this.node = element("div", { class: "preview" }, waiting());
  }

  async open(revisionId) {
    this.node.replaceChildren(waiting());
    try {
      const { problems, answers } = await this.workshop.api.preview(revisionId);
      if (problems.length) this.node.replaceChildren(element("p", { class: "lead" }, text("editor.no_preview")));
      else this.node.replaceChildren(element("p", { class: "hint" }, text("editor.preview_hint")), ...answers.map(answered));
    } catch (error) {
      this.workshop.failed(error);
      this.node.replaceChildren(couldNot(() => this.open(revisionId)));
    }
  }
}

function answered({ facet, text: words, question, options }) {
  return element(
    "article",
    { class: "answered" },
    element("h4", {}, text(`editor.facet_${facet}`)),
    element("div", { class: "bubble" }, prose(words), question && element("p", { class: "asks-back" }, question)),
    options.length > 0 && element("ul", { class: "options" }, options.map((option) => element("li", {}, option))),
  );
}
