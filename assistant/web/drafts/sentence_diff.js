/** How what was sent differs from what was drafted, sentence by sentence. */
import { element, spoken } from "../dom.js";
import { text } from "../texts.js";

/** Return the sentences of a difference as the server tells it: [{kind, before, after}]. */
export function sentenceDiff(difference) {
  return element(
    "ul",
    { class: "sentence-diff", "aria-label": text("drafts.difference") },
    difference.flatMap(({ kind, before, after }) => {
      if (kind === "kept") return [line("kept", "span", after)];
      return [before && line("removed", "del", before), after && line("added", "ins", after)];
    }),
  );
}

function line(kind, tag, words) {
  return element("li", { class: kind }, kind !== "kept" && spoken(text(`drafts.${kind}`)), element(tag, {}, words));
}
