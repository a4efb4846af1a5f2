/** What waits for a second person. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { couldNot, mark, nothing, waiting, when } from "./parts.js";

export class ReviewsView {
  constructor(workshop) {
    this.workshop = workshop;
    this.list = element("ul", { class: "rows" });
    this.node = element(
      "section",
      { class: "page" },
      element("h2", {}, text("editor.reviews")),
      element("p", { class: "lead" }, text("editor.reviews_lead")),
      this.list,
    );
  }

  async open() {
    this.list.replaceChildren(element("li", {}, waiting()));
    try {
      const reviews = await this.workshop.api.reviews();
      this.list.replaceChildren(...(reviews.length ? reviews.map(row) : [element("li", {}, nothing("editor.no_reviews", "editor.no_reviews_more"))]));
    } catch (error) {
      this.workshop.failed(error);
      this.list.replaceChildren(element("li", {}, couldNot(() => this.open())));
    }
  }
}

function row(review) {
  return element(
    "li",
    {},
    element(
      "a",
      { href: `#revision/${review.id}` },
      element("strong", {}, review.name),
      element("span", { class: "where" }, review.why),
      element("span", { class: "where" }, text("editor.submitted_by", { author: review.author, at: when(review.submitted_at) })),
      element("span", { class: "marks" }, review.mine && mark("mine")),
    ),
  );
}
