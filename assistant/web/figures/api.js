/** The REST interface of the figures. A period is {period, first, last}; the dates count for a custom one. */
import { Refused, SignedInApi, Unreachable } from "../signed_in_api.js";

const FILE_WITHIN_MS = 60_000;

export class FiguresApi extends SignedInApi {
  figures(period) {
    return this.request("GET", address("", period));
  }

  /** Return {since, withheld, gaps}; each look is written to the audit trail. */
  unanswered(period) {
    return this.request("GET", address("unanswered", period));
  }

  workbook(period) {
    return this.#file(address("workbook", period));
  }

  csv(theme, period) {
    return this.#file(address(`csv/${encodeURIComponent(theme)}`, period));
  }

  /** Return {blob, name} of a file; throw Refused or Unreachable. */
  async #file(place) {
    const response = await fetch(place, {
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(FILE_WITHIN_MS),
    }).catch((error) => {
      throw new Unreachable(error.message);
    });
    if (!response.ok) {
      const answer = await response.json().catch(() => ({}));
      throw new Refused(response.status, answer.message ?? "", answer.code);
    }
    const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "");
    return { blob: await response.blob(), name: named ? decodeURIComponent(named[1]) : "" };
  }
}

function address(what, period) {
  return `/api/staff/figures/${what}?${new URLSearchParams(period)}`;
}
