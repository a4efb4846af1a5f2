/** The desk: who waits and what was left on the one side, the open conversation on the other. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { Refused } from "./api.js";
import { ConversationView } from "./conversation.js";
import { HandoffList } from "./handoff_list.js";
import { leftMessages } from "./left_messages.js";
import { reports } from "./reports.js";
import { toast } from "../workplace/toast.js";
import { UnattendedList } from "./unattended_list.js";

const POLL_EVERY_MS = 3_000;

export class Desk {
  #poll = null;
  #refreshing = false;
  #unreachable = false;

  /** `workplace` is the frame of the page. */
  constructor(workplace) {
    this.workplace = workplace;
    this.api = workplace.api;
    const open = (handoff) => this.#show(handoff);
    this.waiting = new HandoffList("waiting", "waited", open);
    this.mine = new HandoffList("mine", "talking", open);
    this.view = new ConversationView({ act: (deed) => this.#act(deed), back: () => this.#showList(), api: this.api });
    this.others = new UnattendedList((handoff) => this.#requeue(handoff));
    const messages = leftMessages(
      () => this.#act(() => this.api.messages()),
      (number) => this.#messageDone(number),
    );
    const complaints = reports(() => this.#act(() => this.api.reports()));
    this.node = element(
      "div",
      { class: "desk" },
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

  /** Watch no longer. */
  close() {
    clearInterval(this.#poll);
    this.#poll = null;
    document.removeEventListener("visibilitychange", this.#seen);
  }

  /** Fetch the lists, and what is new in the open conversation. */
  async refresh() {
    if (this.#refreshing || this.#poll === null) return;
    this.#refreshing = true;
    try {
      const { waiting, mine, others } = await this.api.handoffs();
      this.waiting.show(waiting);
      this.mine.show(mine);
      this.others.show(others);
      document.title = waiting.length
        ? text("staff.title_waiting", { count: waiting.length, title: this.workplace.title })
        : this.workplace.title;
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
    const answer = await this.workplace.act(deed);
    this.refresh();
    return answer;
  }

  /** A poll that fails says so once; the next one tries again. */
  #failed(error) {
    if (error instanceof Refused) this.workplace.failed(error);
    else if (!this.#unreachable) toast(text("workplace.unreachable"));
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
}
