/** The REST interface of the back office's desk. */
import { SignedInApi } from "../signed_in_api.js";

const ADDRESS = "/api/staff/applications";

export class ApplicationsApi extends SignedInApi {
  /** Return {counts, attention, items, scope, entries, more, today} of a tab from its line `first` on; `item` may be empty. */
  list(tab, item, first = 0) {
    const query = new URLSearchParams({ tab, first });
    if (item) query.set("item", item);
    return this.request("GET", `${ADDRESS}?${query}`);
  }

  /** Return {entries, more} of the applications whose receipt number has these digits. */
  search(number) {
    return this.request("GET", `${ADDRESS}/search?${new URLSearchParams({ number })}`);
  }

  /** Return one application; each look is written to the audit trail. */
  async application(receipt) {
    return (await this.request("GET", path(receipt))).application;
  }

  /** Return a value in clear; written to the audit trail with the field's name. */
  async unmask(receipt, field) {
    return (await this.request("POST", `${path(receipt)}/unmask`, { field })).value;
  }

  /** Take a step, decided on the `version` that was looked at; return the application as it is then. */
  async take(receipt, step, version, more = {}) {
    return (await this.request("POST", `${path(receipt)}/steps/${step}`, { version, ...more })).application;
  }
}

/** Return the address of a file of an application. */
export function documentAddress(receipt, { document_id: id }) {
  return `${path(receipt)}/documents/${encodeURIComponent(id)}`;
}

function path(receipt) {
  return `${ADDRESS}/${encodeURIComponent(receipt)}`;
}
