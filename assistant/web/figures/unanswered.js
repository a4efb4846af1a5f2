/** What was asked and not answered; citizens' words, so they are fetched when somebody wants to see them. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { count } from "./numbers.js";

/** Return the section; `fetch()` returns {since, withheld, gaps}, or null when that did not work. */
export function unanswered(fetch) {
  const place = element("div", { class: "panel chart questions" });
  const button = element("button", { class: "button", type: "button", onclick: show }, text("figures.unanswered_show"));
  place.append(element("p", { class: "empty" }, text("figures.unanswered_hint")), button);

  async function show() {
    button.disabled = true;
    button.textContent = text("workplace.loading");
    const found = await fetch();
    if (found) {
      place.replaceChildren(...list(found));
      place.focus();
      return;
    }
    button.disabled = false;
    button.textContent = text("figures.unanswered_show");
  }

  place.tabIndex = -1;
  return element(
    "section",
    { class: "figures-section unanswered" },
    element("h3", {}, text("figures.unanswered")),
    element("div", { class: "parts" }, place),
  );
}

function list({ since, withheld, gaps }) {
  return [
    element("p", { class: "empty" }, text("figures.unanswered_lead", { since })),
    gaps.length
      ? element(
          "ol",
          {},
          gaps.map(({ title, count: times, conversations }) =>
            element(
              "li",
              {},
              element("span", {}, title),
              element(
                "small",
                {},
                text("figures.unanswered_count", { conversations: count(conversations), count: count(times) }),
              ),
            ),
          ),
        )
      : element("p", {}, text("figures.no_unanswered")),
    withheld ? element("p", { class: "empty" }, text("figures.withheld", { count: count(withheld) })) : "",
  ];
}
