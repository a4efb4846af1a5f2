/** The messages left out of hours, until somebody has dealt with them. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { clock } from "../time.js";
import { FoldedList, particulars } from "./folded_list.js";

/**
 * Return the section; `fetchMessages()` resolves to the messages, or null when that did not work,
 * `markDone(number)` to whether a message is now marked as dealt with.
 */
export function leftMessages(fetchMessages, markDone) {
  const list = new FoldedList("messages", fetchMessages, message);

  function message({ number, phone, text: words, at }) {
    const done = element("button", { class: "button", type: "button", onclick: finish }, text("staff.message_done"));
    const node = element(
      "article",
      { class: "panel" },
      element("p", {}, words),
      particulars({ "staff.message_phone": phone, "staff.message_number": number }),
      element("footer", {}, element("time", { datetime: at }, clock(at, Date.now())), done),
    );

    async function finish() {
      done.disabled = true;
      if (await markDone(number)) list.remove(node);
      else done.disabled = false;
    }

    return node;
  }

  return list.node;
}
