/** The messages left out of hours; they are fetched when somebody wants to see them, since each look is audited. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { clock } from "../time.js";

/** Return the section; `fetchMessages()` resolves to the messages, or null when that did not work. */
export function leftMessages(fetchMessages) {
  const list = element("div", { class: "left" });

  async function load() {
    const messages = await fetchMessages();
    if (messages === null) return;
    if (messages.length === 0) list.replaceChildren(element("p", { class: "empty" }, text("staff.messages_empty")));
    else list.replaceChildren(...messages.map(message));
  }

  const refresh = element("button", { class: "button", type: "button", onclick: load }, text("staff.messages_refresh"));
  const folded = element(
    "details",
    { ontoggle: () => folded.open && load() },
    element("summary", {}, element("h2", {}, text("staff.messages"))),
    element("p", { class: "lead" }, text("staff.messages_lead")),
    list,
    refresh,
  );
  return element("section", { class: "messages" }, folded);
}

function message({ number, phone, phone_masked: masked, text: words, at }) {
  return element(
    "article",
    {},
    element("p", {}, words),
    element(
      "dl",
      {},
      pair("staff.message_phone", masked ?? phone),
      pair("staff.message_number", number),
    ),
    element("time", { datetime: at }, clock(at, Date.now())),
  );
}

function pair(key, value) {
  return element("div", {}, element("dt", {}, text(key)), element("dd", {}, value));
}
