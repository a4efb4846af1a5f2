/** What waits for a yes, the longest waiting first, kept in step with the server. */
import { element } from "../dom.js";
import { Refused } from "../signed_in_api.js";
import { text } from "../texts.js";
import { toast } from "../workplace/toast.js";
import { ApprovalCard } from "./approval_card.js";

const POLL_EVERY_MS = 3_000;
const CONFLICT = 409;

export class ApprovalsPage {
  #poll = null;
  #refreshing = false;
  #unreachable = false;
  #cards = new Map();
  #looked = false;

  constructor(workplace) {
    this.workplace = workplace;
    this.api = workplace.api;
    this.count = element("span", { class: "count" }, "0");
    this.lead = element("p", { class: "lead" });
    this.empty = element("p", { class: "nothing-here", hidden: true });
    this.said = element("p", { class: "spoken", "aria-live": "polite" });
    this.heading = element("h2", { tabindex: "-1" }, text("approvals.heading"), this.count);
    this.list = element("div", { class: "waiting-answers" });
    this.node = element(
      "main",
      { class: "view approvals" },
      element("div", { class: "page" }, element("header", {}, this.heading, this.lead), this.said, this.empty, this.list),
    );
  }

  /** Begin to watch; a hidden tab asks as well, so that its title tells how many wait. */
  open() {
    this.#poll = setInterval(() => this.refresh(), POLL_EVERY_MS);
    this.refresh();
  }

  /** Watch no longer. */
  close() {
    clearInterval(this.#poll);
    this.#poll = null;
  }

  /** Fetch what waits; the words of one are fetched once, since each look is audited. */
  async refresh() {
    if (this.#refreshing || this.#poll === null) return;
    this.#refreshing = true;
    try {
      const { enabled, minutes, approvals } = await this.api.waiting();
      if (this.#poll !== null) await this.#show(approvals, enabled, minutes);
      this.#unreachable = false;
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#refreshing = false;
    }
  }

  async #show(approvals, enabled, minutes) {
    this.lead.textContent = text("approvals.lead", { minutes });
    this.empty.textContent = text(enabled ? "approvals.empty" : "approvals.off");
    this.empty.hidden = approvals.length > 0;
    this.count.textContent = String(approvals.length);
    this.count.classList.toggle("any", approvals.length > 0);
    const { title } = this.workplace;
    document.title = approvals.length ? text("approvals.title", { count: approvals.length, title }) : title;
    const ids = new Set(approvals.map(({ approval_id: id }) => id));
    for (const [id, card] of this.#cards) if (!ids.has(id)) this.#leave(id, card);
    const fresh = approvals.filter(({ approval_id: id }) => !this.#cards.has(id));
    for (const line of approvals) this.#cards.get(line.approval_id)?.age(line);
    if (document.hidden) return;
    for (const line of fresh) await this.#add(line);
    if (this.#looked && fresh.length) this.said.textContent = text("approvals.arrived", { count: fresh.length });
    this.#looked = true;
  }

  async #add(line) {
    const { approval_id: id } = line;
    try {
      const card = new ApprovalCard(await this.api.read(id), {
        approve: (words) => this.#decide(id, () => this.api.approve(id, words), "approvals.sent"),
        refuse: () => this.#refuse(id),
      });
      this.#cards.set(id, card);
      this.list.append(card.node);
    } catch (error) {
      if (!(error instanceof Refused && error.status === CONFLICT)) throw error; // else somebody was quicker
    }
  }

  /** Take a card away whose answer waits no longer; what was being written in it stays to be copied. */
  #leave(id, card) {
    if (card.isEdited) {
      card.overtaken();
      return;
    }
    this.#remove(id);
  }

  async #refuse(id) {
    if (await this.#decide(id, () => this.api.refuse(id), "approvals.taken")) location.assign("/staff");
  }

  /** Decide about an answer; return whether this decision was the one. */
  async #decide(id, deed, said) {
    try {
      await deed();
      toast(text(said));
      this.#remove(id);
      return true;
    } catch (error) {
      this.workplace.failed(error);
      return false;
    } finally {
      this.refresh();
    }
  }

  /** Take a card away; the focus, if it is there, goes to the next card or to the heading, not to a button that sends. */
  #remove(id) {
    const card = this.#cards.get(id);
    if (!card) return;
    const { node } = card;
    const beside = node.nextElementSibling ?? node.previousElementSibling ?? this.heading;
    const focused = card.hasFocus || node.contains(document.activeElement);
    node.remove();
    this.#cards.delete(id);
    if (focused) beside.focus();
  }

  /** A poll that fails says so once; the next one tries again. */
  #failed(error) {
    if (error instanceof Refused) this.workplace.failed(error);
    else if (!this.#unreachable) toast(text("workplace.unreachable"));
    this.#unreachable = true;
  }
}
