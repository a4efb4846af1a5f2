/** The desk: who waits and what was left on the one side, the open conversation on the other. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { Refused } from "./api.js";
import { ConversationView } from "./conversation.js";
import { HandoffList } from "./handoff_list.js";
import { leftMessages } from "./left_messages.js";
import { reports } from "./reports.js";
import { toast } from "./toast.js";
import { UnattendedList } from "./unattended_list.js";

const POLL_EVERY_MS = 3_000;

export class Desk {
  #poll = null;
  #refreshing = false;
  #unreachable = false;

  /** `signedOut(reason)` hears that the session is over. */
  constructor(api, account, signedOut) {
    this.api = api;
    this.signedOut = signedOut;
    const open = (handoff) => this.#show(handoff);
    this.waiting = new HandoffList("waiting", "waited", open);
    this.mine = new HandoffList("mine", "talking", open);
    this.view = new ConversationView({ act: (deed) => this.#act(deed), back: () => this.#showList(), api });
    this.others = new UnattendedList((handoff) => this.#requeue(handoff));
    const messages = leftMessages(
      () => this.#act(() => this.api.messages()),
      (number) => this.#messageDone(number),
    );
    const complaints = reports(() => this.#act(() => this.api.reports()));
    this.node = element(
      "div",
      { class: "desk" },
      element(
        "header",
        { class: "masthead" },
        element("span", { class: "seal" }, icon("mark")),
        element("h1", {}, text("assistant.name"), element("small", {}, text("staff.page"))),
        element("span", { class: "account" }, account.name),
        element("button", { class: "button", type: "button", onclick: () => this.#signOut() }, text("staff.sign_out")),
      ),
      element("nav", { class: "lists" }, this.waiting.node, this.others.node, this.mine.node, messages, complaints),
      this.view.node,
    );
  }

  /** Begin to watch the queue; a hidden tab does not ask. */
  open() {
    this.#poll = setInterval(() => document.hidden || this.refresh(), POLL_EVERY_MS);
    document.addEventListener("visibilitychange", this.#seen);
    this.refresh();
  }

  /** Fetch the lists, and what is new in the open conversation. */
  async refresh() {
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      const { waiting, mine, others } = await this.api.handoffs();
      this.waiting.show(waiting);
      this.mine.show(mine);
      this.others.show(others);
      document.title = waiting.length
        ? text("staff.title_waiting", { count: waiting.length })
        : text("staff.title");
      await this.view.refresh([...waiting, ...mine]);
      this.#unreachable = false;
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#refreshing = false;
    }
  }

  #seen = () => document.hidden || this.refresh();

  /** Do something on the server; return its answer, or null when it did not work. */
  async #act(deed) {
    try {
      return await deed();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.#end(text("staff.session_over"));
      else toast(error instanceof Refused && error.message ? error.message : text("staff.failed"));
      return null;
    } finally {
      this.refresh();
    }
  }

  /** A poll that fails says so once; the next one tries again. */
  #failed(error) {
    if (error instanceof Refused && error.status === 401) this.#end(text("staff.session_over"));
    else if (!this.#unreachable) toast(text("staff.unreachable"));
    this.#unreachable = true;
  }

  #show(handoff) {
    this.waiting.current = handoff.handoff_id;
    this.mine.current = handoff.handoff_id;
    this.node.classList.add("reading");
    this.#act(() => this.view.open(handoff));
  }

  #showList() {
    const left = this.view.clear();
    this.node.classList.remove("reading");
    this.waiting.focus(left);
    this.mine.focus(left);
    this.waiting.current = null;
    this.mine.current = null;
  }

  async #requeue({ handoff_id: id }) {
    if (await this.#act(() => this.api.requeue(id))) toast(text("staff.requeued"));
  }

  /** Mark a left message as dealt with; return whether that worked. */
  async #messageDone(number) {
    const done = (await this.#act(() => this.api.messageDone(number))) !== null;
    if (done) toast(text("staff.message_settled"));
    return done;
  }

  async #signOut() {
    await this.#act(() => this.api.signOut());
    this.#end("");
  }

  #end(reason) {
    if (this.#poll === null) return;
    clearInterval(this.#poll);
    this.#poll = null;
    document.removeEventListener("visibilitychange", this.#seen);
    this.signedOut(reason);
  }
}
