/** What the log shows for each kind of event. */
import { element, spoken } from "../dom.js";
import { icon } from "../icons.js";
import { prose } from "../prose.js";
import { text } from "../texts.js";
import { documentButtons, draftCard, receiptCard } from "./application_card.js";
import { paperCards } from "./papers.js";
import { sources } from "./sources.js";

/** Return what the citizen said. */
export function citizenEntry(words) {
  return element(
    "article",
    { class: "entry citizen" },
    spoken(text("speaker.citizen")),
    element("div", { class: "bubble" }, prose(words)),
  );
}

/** Return a reply of the assistant, with its card, sources and choices. */
export function replyEntry(reply, actions) {
  if (reply.urgent) return urgentEntry(reply);
  const { application } = reply;
  const card = application && (application.receipt_number ? receiptCard : draftCard)(reply, actions);
  const choices = application && !application.receipt_number ? [] : reply.choices;
  return element(
    "article",
    { class: "entry assistant", dataset: { status: reply.status, ...(reply.approval && { approval: reply.approval }) } },
    spoken(text("speaker.assistant")),
    element(
      "div",
      { class: "bubble" },
      reply.status === "awaiting_approval" && element("p", { class: "awaited" }, icon("person"), text("approval.waiting")),
      reply.item && reply.citations.length > 0 && element("h3", { class: "topic" }, icon("book"), reply.item.name),
      prose(withoutFields(reply.text, card ? application.fields : [])),
      sources(reply),
    ),
    card,
    paperCards(reply.papers ?? [], actions),
    choices.length > 0 && choiceButtons(choices, actions),
    reply.status === "error" && actions.canRepeat() && repeatButton(actions),
  );
}

/** Return what a member of staff said, with the papers they made. */
export function staffEntry({ name, text: words, papers = [] }, actions) {
  return element(
    "article",
    { class: "entry staff" },
    element("p", { class: "name" }, icon("person"), text("speaker.staff", { name: ` ${name}` })),
    element("div", { class: "bubble" }, prose(words)),
    paperCards(papers, actions),
  );
}

/** Return a line about the conversation itself. */
export function systemEntry(words) {
  return element("p", { class: "entry system" }, spoken(text("speaker.system")), words);
}

/** Return the news that an application is done. */
export function issuedEntry(news, actions) {
  const said = news.text ?? text("application.issued", { name: news.item_name });
  return element(
    "article",
    { class: "entry assistant" },
    spoken(text("speaker.assistant")),
    element(
      "div",
      { class: "bubble" },
      prose(said),
      news.documents?.length > 0 && documentButtons(news.documents, actions),
    ),
  );
}

function urgentEntry(reply) {
  const { number } = reply.urgent;
  return element(
    "article",
    { class: "entry urgent" },
    element("h3", {}, icon("alert"), text("urgent.heading")),
    element("a", { class: "call", href: `tel:${number}` }, icon("phone"), text("urgent.call", { number })),
    prose(reply.text, { callable: true }),
  );
}

/** Return the buttons of offered choices. */
export function choiceButtons(choices, actions) {
  return element(
    "div",
    { class: "choices once", role: "group", "aria-label": text("choices.label") },
    choices.map(({ label }) =>
      element("button", { class: "button", type: "button", onclick: () => actions.choose(label) }, label),
    ),
  );
}

function repeatButton(actions) {
  return element(
    "div",
    { class: "choices once" },
    element("button", { class: "button", type: "button", onclick: () => actions.repeat() }, text("error.retry")),
  );
}

/** Leave out the lines that the card below shows as fields. */
function withoutFields(said, fields) {
  const shown = (line) => fields.some(({ label, value }) => line.includes(label) && line.trimEnd().endsWith(value));
  return said
    .split("\n")
    .filter((line) => !shown(line))
    .join("\n");
}
