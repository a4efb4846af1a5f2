/** What the log shows for each kind of event. */
import { element, spoken } from "../dom.js";
import { icon } from "../icons.js";
import { CHINESE, prose } from "../prose.js";
import { text } from "../wording.js";
import { button, iconButton, offerButton } from "./controls.js";
import { sources } from "./sources.js";

/** Return what the citizen said. */
export function citizenEntry(words) {
  return element(
    "article",
    { class: "entry citizen" },
    spoken(text("speaker.citizen")),
    element("div", { class: "bubble", part: "bubble" }, prose(words)),
  );
}

/** Tell whether something has cards below its words (cards/cards.js). */
export function hasCards({ application, papers = [], documents = [] }) {
  return Boolean(application) || papers.length > 0 || documents.length > 0;
}

/** Return the reply of an event's number, with its sources, its choices and, where there are makers of them, `cards`. */
export function replyEntry(reply, actions, seq, cards = null) {
  if (reply.urgent) return urgentEntry(reply);
  const { application } = reply;
  const submitted = application?.receipt_number ?? application?.provisional_number;
  const card = cards && application && (submitted ? cards.receiptCard : cards.draftCard)(reply, actions);
  const choices = card && !submitted ? [] : reply.choices;
  return assistantEntry(
    { status: reply.status, ...(reply.approval && { approval: reply.approval }) },
    [
      reply.status === "awaiting_approval" && element("p", { class: "awaited" }, icon("person"), text("approval.waiting")),
      reply.item && reply.citations.length > 0 && element("h3", { class: "topic", ...CHINESE }, icon("book"), reply.item.name),
      prose(withoutFields(reply.text, card ? application.fields : []), { lang: reply.language }),
      sources(reply),
      seq && !reply.language && actions.canRead() && iconButton("sound", "speech.read", () => actions.read(seq), "icon-button read"),
    ],
    card,
    cards?.paperCards(reply.papers ?? [], actions),
    choices.length > 0 && choiceButtons(choices.map(({ label }) => label), actions),
    reply.status === "error" && actions.canRepeat() && repeatButton(actions),
  );
}

/** Return a reply of the spoken session that is kept nowhere: a number to be made sure of, for this screen alone. */
export function asideEntry({ sentences, choices, read_back: number }, actions) {
  return assistantEntry(
    {},
    [prose(sentences.join("")), number && element("p", { class: "number" }, element("strong", {}, number))],
    choices.length > 0 && choiceButtons(choices, actions),
  );
}

/** Return what a member of staff said, with the papers they made. */
export function staffEntry({ name, text: words, papers = [] }, actions, cards = null) {
  return element(
    "article",
    { class: "entry staff" },
    element("p", { class: "name" }, icon("person"), text("speaker.staff", { name })),
    element("div", { class: "bubble", part: "bubble" }, prose(words)),
    cards?.paperCards(papers, actions),
  );
}

/** Return a line about the conversation itself. */
export function systemEntry(words) {
  return element("p", { class: "entry system" }, spoken(text("speaker.system")), words);
}

/** Return the news that an application is done. */
export function issuedEntry(news, actions, cards = null) {
  return assistantEntry({}, [prose(news.text), news.documents?.length > 0 && cards?.documentButtons(news.documents, actions)]);
}

/** Return the word that an answer which was to be checked does not come, and what may be done instead. */
export function withdrawnEntry({ text: words, choices }, actions) {
  return assistantEntry({}, prose(words), choices.length > 0 && choiceButtons(choices.map(({ label }) => label), actions));
}

/** Return what the assistant says, with what stands below it. */
function assistantEntry(dataset, content, ...below) {
  return element(
    "article",
    { class: "entry assistant", dataset },
    spoken(text("speaker.assistant")),
    element("div", { class: "bubble", part: "bubble" }, content),
    ...below,
  );
}

function urgentEntry(reply) {
  const { number } = reply.urgent;
  return element(
    "article",
    { class: "entry urgent" },
    element("h3", {}, icon("alert"), text("urgent.heading")),
    element("a", { class: "call", href: `tel:${number}` }, icon("phone"), text("urgent.call", { number })),
    prose(reply.text, { callable: true, lang: reply.language }),
  );
}

/** Return the buttons of offered choices. */
function choiceButtons(labels, actions) {
  return element(
    "div",
    { class: "choices once", role: "group", "aria-label": text("choices.label") },
    labels.map((label) => offerButton(label, () => actions.choose(label))),
  );
}

function repeatButton(actions) {
  return element("div", { class: "choices once" }, button(text("error.retry"), () => actions.repeat()));
}

/** Leave out the lines that the card below shows as fields. */
function withoutFields(said, fields) {
  const shown = (line) => fields.some(({ label, value }) => line.includes(label) && line.trimEnd().endsWith(value));
  return said
    .split("\n")
    .filter((line) => !shown(line))
    .join("\n");
}
