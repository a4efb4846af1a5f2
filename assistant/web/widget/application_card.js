/** Cards about an application: what is to be confirmed, the receipt, the certificate. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";

const STEPS = ["submitted", "accepted", "issued"];

/** Return the card that reads an application back before it is submitted; the first choice is the main one. */
export function draftCard({ application, choices, item }, actions) {
  return element(
    "section",
    { class: "card draft" },
    element("p", { class: "kicker" }, text("application.draft")),
    element("h3", {}, item?.name ?? text("application.untitled")),
    fieldList(application.fields, actions),
    choices.length > 0 &&
      element(
        "div",
        { class: "buttons once" },
        choices.map(({ label }, place) =>
          element(
            "button",
            { class: place === 0 ? "button primary" : "button", type: "button", onclick: () => actions.choose(label) },
            label,
          ),
        ),
      ),
  );
}

/** Return the receipt of a submitted application. */
export function receiptCard({ application, item }, actions) {
  const { receipt_number: receipt, state, state_label: label, fields, documents } = application;
  return element(
    "section",
    { class: "card receipt", dataset: { receipt, state } },
    element(
      "header",
      {},
      element("h3", {}, item?.name ?? text("application.untitled")),
      element("span", { class: "state" }, label),
    ),
    element("p", { class: "kicker" }, text("application.receipt")),
    element("p", { class: "number" }, element("strong", {}, receipt), copyButton(receipt)),
    STEPS.includes(state) && progress(state),
    fields.length > 0 &&
      element("details", {}, element("summary", {}, text("application.details")), fieldList(fields, null)),
    documents.length > 0 && documentButtons(documents, actions),
  );
}

/** Show in a receipt card that its application is done. */
export function showIssued(card, label) {
  card.dataset.state = STEPS.at(-1);
  card.querySelector(".state").textContent = label;
  card.querySelector(".steps")?.replaceWith(progress(STEPS.at(-1)));
}

/** Return a button for each document, which fetches and saves it. */
export function documentButtons(documents, actions) {
  return element(
    "div",
    { class: "buttons" },
    documents.map((file) => documentButton(file, actions)),
  );
}

function documentButton(file, actions) {
  const words = element("span", { "aria-live": "polite" }, text("document.download", file));
  const save = async () => {
    button.disabled = true;
    words.textContent = text("document.working");
    try {
      await actions.download(file);
      words.textContent = text("document.done", file);
    } catch {
      words.textContent = text("document.failed");
    }
    button.disabled = false;
  };
  const button = element("button", { class: "button primary", type: "button", onclick: save }, icon("download"), words);
  return button;
}

function fieldList(fields, actions) {
  return element(
    "dl",
    {},
    fields.map(({ label, value, editable }) =>
      element(
        "div",
        {},
        element("dt", {}, label),
        element("dd", {}, value),
        actions && editable && element("dd", { class: "once" }, changeButton(label, actions)),
      ),
    ),
  );
}

function changeButton(label, actions) {
  return element(
    "button",
    {
      class: "change",
      type: "button",
      "aria-label": text("application.change_label", { label }),
      onclick: () => actions.prefill(text("application.change_words", { label })),
    },
    text("application.change"),
  );
}

/** Return a button that copies the number, where the browser allows it. */
function copyButton(receipt) {
  if (!navigator.clipboard) return null;
  const button = element("button", { class: "change", type: "button" }, text("application.copy"));
  button.onclick = async () => {
    await navigator.clipboard.writeText(receipt);
    button.textContent = text("application.copied");
  };
  return button;
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
