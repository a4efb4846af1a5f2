/** The desk: who waits and what was left on the one side, the open conversation on the other. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { Refused } from "./api.js";
import { ConversationView } from "./conversation.js";
import { HandoffList } from "./handoff_list.js";
import { leftMessages } from "./left_messages.js";
import { LiveLists } from "./live_lists.js";
import { Notifier } from "./notifier.js";
import { reports } from "./reports.js";
import { Shortcuts } from "./shortcuts.js";
import { toast } from "../workplace/toast.js";
import { UnattendedList } from "./unattended_list.js";
import { Unsent } from "./unsent.js";

const TIMES_EVERY_MS = 15_000;

export class Desk {
  #lists = null;
  #times = null;
  #unreachable = false;

  /** `workplace` is the frame of the page. */
  constructor(workplace) {
    this.workplace = workplace;
    this.api = workplace.api;
    const open = (handoff) => this.#show(handoff);
    this.waiting = new HandoffList("waiting", "waited", open);
    this.mine = new HandoffList("mine", "talking", open);
    this.live = new LiveLists(this.api, {
      onLists: (lists) => this.#take(lists),
      onTyping: (id) => this.view.citizenTypes(id),
      onTrouble: (error) => this.#failed(error),
    });
    this.view = new ConversationView({
      api: this.api,
      act: (deed) => this.#act(deed),
      back: () => this.#showList(),
      unsent: new Unsent(workplace.account.id),
      typing: (id) => this.live.typing(id),
      sent: (id) => this.live.sent(id),
      seesAll: workplace.account.role === "supervisor",
    });
    this.others = new UnattendedList((handoff) => this.#requeue(handoff));
    this.notifier = new Notifier(() => workplace.title);
    this.shortcuts = this.#keys();
    const messages = leftMessages(
      () => this.#act(() => this.api.messages()),
      (number) => this.#messageDone(number),
    );
    const complaints = reports(() => this.#act(() => this.api.reports()));
    this.node = element(
      "div",
      { class: "desk" },
      element(
        "nav",
        { class: "lists", "aria-label": text("staff.lists") },
        element("div", { class: "switches" }, this.notifier.node, this.shortcuts.button),
        this.waiting.node,
        this.others.node,
        this.mine.node,
        messages,
        complaints,
      ),
      this.view.node,
      this.shortcuts.node,
    );
  }

  /** Begin to watch the queue. */
  open() {
    this.live.open();
    this.shortcuts.open();
    this.#times = setInterval(() => this.#lists && this.#showLists(), TIMES_EVERY_MS);
    this.#act(async () => {
      this.view.choices = await this.api.choices();
    });
  }

  /** Watch no longer. */
  close() {
    this.live.close();
    this.shortcuts.close();
    clearInterval(this.#times);
    this.view.clear();
  }

  async #take(lists) {
    this.#lists = lists;
    this.#unreachable = false;
    this.#showLists();
    this.notifier.take(lists);
    try {
      await this.view.refresh([...lists.waiting, ...lists.mine]);
    } catch (error) {
      this.#failed(error);
    }
  }

  #showLists() {
    this.waiting.show(this.#lists.waiting);
    this.mine.show(this.#lists.mine);
    this.others.show(this.#lists.others);
  }

  #keys() {
    return new Shortcuts({
      next_waiting: () => this.#nextWaiting(),
      take: () => this.view.take(),
      next_mine: () => this.#switch(1),
      previous_mine: () => this.#switch(-1),
      reply: () => this.view.replyBox.focus(),
      canned: () => this.view.replyBox.openCanned(),
      materials: () => this.view.replyBox.openMaterials(),
      transfer: () => this.view.deeds.transfer(),
      hand_back: () => this.view.deeds.handBack(),
      close: () => this.view.deeds.close(),
    });
  }

  /** Open the first of those who wait and may be taken; after it, the next. */
  #nextWaiting() {
    const open = this.waiting.handoffs.filter(({ meant }) => !meant || meant.mine);
    const at = open.findIndex(({ handoff_id: id }) => id === this.view.id);
    if (open.length > 0) this.#show(open[(at + 1) % open.length]);
  }

  #switch(by) {
    const { handoffs } = this.mine;
    const at = handoffs.findIndex(({ handoff_id: id }) => id === this.view.id);
    const next = at < 0 ? 0 : (at + by + handoffs.length) % handoffs.length;
    if (handoffs.length > 0 && next !== at) this.#show(handoffs[next]).then(() => this.view.replyBox.focus());
  }

  /** Do something on the server; return its answer, or null when it did not work. */
  async #act(deed) {
    const answer = await this.workplace.act(deed);
    this.live.refresh();
    return answer;
  }

  /** What fails by itself says so once; the next time tries again. */
  #failed(error) {
    if (error instanceof Refused) this.workplace.failed(error);
    else if (!this.#unreachable) toast(text("workplace.unreachable"));
    this.#unreachable = true;
  }

  #show(handoff) {
    this.waiting.current = handoff.handoff_id;
    this.mine.current = handoff.handoff_id;
    this.node.classList.add("reading");
    return this.#act(() => this.view.open(handoff));
  }

  #showList() {
    const left = this.view.clear();
    this.node.classList.remove("reading");
    if (!this.waiting.focus(left) && !this.mine.focus(left)) this.mine.heading.focus();
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
