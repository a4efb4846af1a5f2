/** What citizens complained about or asked to be looked into, newest first. */
import { element } from "../dom.js";
import { clock } from "../time.js";
import { FoldedList, particulars } from "./folded_list.js";

/** Return the section; `fetchReports()` resolves to the reports, or null when that did not work. */
export function reports(fetchReports) {
  return new FoldedList("reports", fetchReports, report).node;
}

function report({ number, kind_label: kind, text: words, place, contact, at }) {
  return element(
    "article",
    { class: "panel" },
    element("p", {}, words),
    particulars({
      "staff.report_place": place,
      "staff.report_contact": contact,
      "staff.report_kind": kind,
      "staff.report_number": number,
    }),
    element("time", { datetime: at }, clock(at, Date.now())),
  );
}
