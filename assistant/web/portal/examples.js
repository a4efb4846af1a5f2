/** Questions to begin with. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { EXAMPLES } from "./texts.zh-CN.js";

/** Show the example questions by group; `ask(question)` hears the one chosen. */
export function showExamples(place, ask) {
  const groups = Object.entries(EXAMPLES).map(([group, questions]) =>
    element(
      "section",
      {},
      element("h3", {}, text(`portal.examples_${group}`)),
      element(
        "ul",
        {},
        questions.map((question) =>
          element("li", {}, element("button", { type: "button", onclick: () => ask(question) }, question, icon("send"))),
        ),
      ),
    ),
  );
  place.replaceChildren(...groups);
}
