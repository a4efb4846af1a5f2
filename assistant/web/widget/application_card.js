/** Cards about an application: what is to be confirmed, the receipt, the certificate. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { CHINESE } from "../prose.js";
import { text } from "../wording.js";
import { button } from "./controls.js";
import { fieldList } from "./field_list.js";
import { paperButton } from "./papers.js";

const STEPS = ["submitted", "accepted", "issued"];

/** Return the card that reads an application back before it is submitted; the first choice is the main one. */
export function draftCard({ application, choices, item }, actions) {
  return element(
    "section",
    { class: "card draft", part: "card" },
    element("p", { class: "kicker" }, text("application.draft")),
    element("h3", CHINESE, item?.name ?? text("application.untitled")),
    fieldList(application.fields, actions),
    choices.length > 0 &&
      element(
        "div",
        { class: "buttons once" },
        choices.map(({ label }, place) =>
          button(label, () => actions.choose(label), place === 0 ? "button primary" : "button"),
        ),
      ),
  );
}

/** Return the receipt of a submitted application. */
export function receiptCard({ application, item }, actions) {
  const { receipt_number: receipt, state, state_label: label, fields, documents } = application;
  return element(
    "section",
    { class: "card receipt", part: "card", dataset: { receipt, state } },
    element(
      "header",
      {},
      element("h3", CHINESE, item?.name ?? text("application.untitled")),
      element("span", { class: "state", ...CHINESE }, label),
    ),
    element("p", { class: "kicker" }, text("application.receipt")),
    element("p", { class: "number" }, element("strong", {}, receipt), actions.printer ? null : copyButton(receipt)),
    STEPS.includes(state) && progress(state),
    fields.length > 0 && element("details", {}, element("summary", {}, text("application.details")), fieldList(fields)),
    documents.length > 0 && documentButtons(documents, actions),
  );
}

/** Show in a receipt card that its application is done. */
export function showIssued(card, label) {
  card.dataset.state = STEPS.at(-1);
  card.querySelector(".state").textContent = label;
  card.querySelector(".steps")?.replaceWith(progress(STEPS.at(-1)));
}

/** Return a button for each document, which fetches and saves it, or prints it. */
export function documentButtons(documents, actions) {
  return element(
    "div",
    { class: "buttons" },
    documents.map((file) =>
      actions.printer
        ? paperButton("print", "document.print", () => actions.printer(file), file)
        : documentButton(file, actions),
    ),
  );
}

function documentButton(file, actions) {
  const words = element("span", { "aria-live": "polite" }, text("document.download", file));
  const save = async () => {
    node.disabled = true;
    words.textContent = text("document.working");
    try {
      await actions.download(file);
      words.textContent = text("document.done", file);
    } catch {
      words.textContent = text("document.failed");
    }
    node.disabled = false;
  };
  const node = button([icon("download"), words], save, "button primary");
  return node;
}

/** Return a button that copies the number, where the browser allows it. */
function copyButton(receipt) {
  if (!navigator.clipboard) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(receipt);
    node.textContent = text("application.copied");
  };
  const node = button(text("application.copy"), copy, "change");
  return node;
}

function progress(state) {
  const reached = STEPS.indexOf(state);
  return element(
    "ol",
    { class: "steps", "aria-label": text("application.progress") },
    STEPS.map((step, place) =>
      element(
        "li",
        { class: place <= reached ? "reached" : null, "aria-current": place === reached ? "step" : null },
        text(`step.${step}`),
      ),
    ),
  );
}
