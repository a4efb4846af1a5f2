/** Cards about an application: what is to be confirmed, the receipt, the certificate. */
import { CHINESE, button, element, icon, offerButton, text } from "../kit.js";
import { saveDocument } from "./documents.js";
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
          offerButton(label, () => actions.choose(label), place === 0 ? "button primary" : "button"),
        ),
      ),
  );
}

/** Return the receipt of a submitted application; without a receipt number its department does not have it yet. */
export function receiptCard({ application, item }, actions) {
  const { receipt_number: receipt, provisional_number: kept, state, state_label: label, fields, documents } = application;
  const number = receipt ?? kept;
  return element(
    "section",
    { class: "card receipt", part: "card", dataset: { receipt: number, state } },
    element(
      "header",
      {},
      element("h3", CHINESE, item?.name ?? text("application.untitled")),
      element("span", { class: "state", ...CHINESE }, label),
    ),
    element("p", { class: "kicker" }, text(receipt ? "application.receipt" : "application.provisional")),
    element("p", { class: "number" }, element("strong", {}, number), actions.print ? null : copyButton(number)),
    STEPS.includes(state) && progress(state),
    fields.length > 0 && element("details", {}, element("summary", {}, text("application.details")), fieldList(fields)),
    documents.length > 0 && documentButtons(documents, actions),
  );
}

/** Let earlier receipts of an application bear its receipt number, once there is one. */
export function delivered(root, application) {
  const { provisional_number: number, receipt_number: receipt, state, state_label: label } = application ?? {};
  if (number && receipt) mark(root, number, label, state, receipt);
}

/** Show in the receipts of a number within a shadow root what their application has come to, and its number from now. */
export function mark(root, number, label, state, receipt = number) {
  for (const card of root.querySelectorAll(".receipt")) {
    if (card.dataset.receipt !== number) continue;
    card.dataset.receipt = receipt;
    showState(card, label, state);
  }
}

function showState(card, label, state) {
  card.dataset.state = state;
  card.querySelector(".state").textContent = label;
  card.querySelector(".steps")?.replaceWith(progress(state));
}

/** Return a button for each document, which fetches and saves it, or prints it. */
export function documentButtons(documents, actions) {
  return element(
    "div",
    { class: "buttons" },
    documents.map((file) =>
      actions.print
        ? paperButton("print", "document.print", () => actions.print(file), file)
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
      await saveDocument(file, actions);
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
