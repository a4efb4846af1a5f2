/** What stands below the words of an entry: applications, documents, papers; and what marks a checked answer. */
import { adopter } from "../adopt.js";
import { delivered, documentButtons, draftCard, mark, receiptCard } from "./application_card.js";
import css from "./application.css" with { type: "text" };
import { markChecked } from "./checked_answer.js";
import { paperCards } from "./papers.js";

const adopt = adopter(css);

/** Return the makers of cards, which look as they should within a shadow root. */
export function cardsIn(root) {
  adopt(root);
  return { delivered, documentButtons, draftCard, mark, markChecked, paperCards, receiptCard };
}
