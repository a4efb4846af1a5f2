/** A receipt to take along: what was handed in, its number, and how to ask about it. */
import { element } from "../dom.js";
import { CHINESE } from "../prose.js";
import { text } from "../wording.js";

/** Return the number by which one asks about an application: provisional as long as its department does not have it. */
export function numberOf(application) {
  return application?.receipt_number ?? application?.provisional_number ?? null;
}

/** Return the receipt of an application, as the event of its submission tells it, as the HTML of a page. */
export function receiptPage({ at, payload: { application, item } }, { hall, machine }) {
  const isKept = !application.receipt_number;
  const page = document.implementation.createHTMLDocument(text("kiosk.receipt"));
  page.documentElement.lang = document.documentElement.lang;
  for (const sheet of ["tokens.css", "base.css", "papers/checklist.css", "kiosk/receipt.css"]) {
    page.head.append(element("link", { rel: "stylesheet", href: `/web/${sheet}` }));
  }
  page.body.append(
    element(
      "main",
      { class: "receipt" },
      element("h1", {}, text("kiosk.receipt")),
      element("p", { class: "item", ...CHINESE }, item?.name ?? ""),
      element("p", { class: "label" }, text(isKept ? "kiosk.receipt_provisional" : "kiosk.receipt_number")),
      element("p", { class: "receipt-number" }, numberOf(application)),
      lines([
        [text("kiosk.receipt_state"), application.state_label],
        [text("kiosk.receipt_time"), time(at)],
        [text("kiosk.receipt_place"), `${hall.name} ${machine}`],
      ]),
      lines(application.fields.map(({ label, value }) => [label, value])),
      element("footer", { class: "sources" }, element("p", {}, text(isKept ? "kiosk.receipt_keep_provisional" : "kiosk.receipt_keep")), element("p", {}, hall.address), element("p", {}, hall.hours)),
    ),
  );
  return page.documentElement.outerHTML;
}

function lines(pairs) {
  return element(
    "dl",
    {},
    pairs.map(([label, value]) => element("div", {}, element("dt", {}, label), element("dd", {}, value))),
  );
}

function time(at) {
  const format = { dateStyle: "long", timeStyle: "short", hourCycle: "h23", timeZone: "Asia/Shanghai" };
  return new Date(at).toLocaleString(document.documentElement.lang, format);
}
