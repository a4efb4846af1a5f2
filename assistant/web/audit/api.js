/** The REST interface of the audit trail. A filter is {who, group, first, last, subject}; what is empty counts not. */
import { SignedInApi } from "../signed_in_api.js";

export class AuditApi extends SignedInApi {
  /** Return {people, groups, unmasking, last_check}. */
  choices() {
    return this.request("GET", "/api/staff/audit/choices");
  }

  /** Return {entries, more, count}, newest first, those below an entry's number where one is given. */
  entries(filter, below) {
    return this.request("GET", address("", below ? { ...filter, below } : filter));
  }

  csv(filter) {
    return this.file(address("csv", filter));
  }

  /** Check the whole trail: yield {done, of} while it goes on, at last {checked, at, faults, …}. */
  verify() {
    return this.lines("POST", "/api/staff/audit/verification");
  }
}

function address(what, filter) {
  const given = Object.entries(filter).filter(([, value]) => value);
  return `/api/staff/audit/${what}?${new URLSearchParams(given)}`;
}
