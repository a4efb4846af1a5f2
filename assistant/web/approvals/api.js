/** The REST interface of approvals. */
import { SignedInApi } from "../signed_in_api.js";

export class ApprovalsApi extends SignedInApi {
  /** Return {enabled, minutes, approvals}: what waits, without the citizens' words. */
  waiting() {
    return this.request("GET", "/api/staff/approvals");
  }

  /** Return the question, the answer and its sources; each look is written to the audit trail. */
  read(id) {
    return this.request("GET", path(id));
  }

  /** Send the answer, as it stands or as `words` say. */
  approve(id, words = null) {
    return this.request("POST", `${path(id)}/approve`, words === null ? {} : { text: words });
  }

  /** Refuse the answer and take the conversation over. */
  refuse(id) {
    return this.request("POST", `${path(id)}/refuse`);
  }
}

function path(id) {
  return `/api/staff/approvals/${encodeURIComponent(id)}`;
}
