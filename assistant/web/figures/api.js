/** The REST interface of the figures. A period is {period, first, last}; the dates count for a custom one. */
import { SignedInApi } from "../signed_in_api.js";

export class FiguresApi extends SignedInApi {
  figures(period) {
    return this.request("GET", address("", period));
  }

  /** Return {since, withheld, gaps}; each look is written to the audit trail. */
  unanswered(period) {
    return this.request("GET", address("unanswered", period));
  }

  workbook(period) {
    return this.file(address("workbook", period));
  }

  csv(theme, period) {
    return this.file(address(`csv/${encodeURIComponent(theme)}`, period));
  }
}

function address(what, period) {
  return `/api/staff/figures/${what}?${new URLSearchParams(period)}`;
}
