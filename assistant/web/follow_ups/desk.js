/** The desk of follow-ups: what is late, due and done on the one side, the one that is open on the other. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { FollowUpList } from "./list.js";
import { FollowUpView } from "./view.js";

const LOOK_EVERY_MS = 20_000;

/** Standings in the order of the lists. */
const STANDINGS = ["overdue", "due_soon", "open", "done"];

export class FollowUps {
  #look = null;
  #shown = null;

  /** `workplace` is the frame of the page. */
  constructor(workplace) {
    this.workplace = workplace;
    this.api = workplace.api;
    this.lists = STANDINGS.map((name) => new FollowUpList(name));
    this.empty = element("p", { class: "empty", hidden: true }, text("follow_ups.none"));
    this.view = new FollowUpView({
      api: this.api,
      account: workplace.account,
      act: (deed) => this.#act(deed),
    });
    this.node = element(
      "div",
      { class: "desk follow-ups" },
      element(
        "nav",
        { class: "lists", "aria-label": text("workplace.page_follow_ups") },
        this.empty,
        this.lists.map(({ node }) => node),
      ),
      this.view.node,
    );
  }

  /** Show the lists, and the follow-up that the address names. */
  open() {
    addEventListener("hashchange", this.#route);
    this.#look = setInterval(() => document.hidden || this.refresh(), LOOK_EVERY_MS);
    this.refresh();
    this.#route();
  }

  close() {
    clearInterval(this.#look);
    removeEventListener("hashchange", this.#route);
  }

  /** Fetch the lists. */
  async refresh() {
    const found = await this.workplace.act(() => this.api.all());
    if (!found) return;
    this.view.supervisors = found.supervisors;
    for (const list of this.lists) list.show(found.follow_ups.filter(({ standing }) => standing === list.name));
    this.empty.hidden = found.follow_ups.length > 0;
    this.#mark();
  }

  #route = async () => {
    const id = decodeURIComponent(location.hash.slice(1)) || null;
    const left = this.#shown;
    this.#shown = id;
    this.node.classList.toggle("reading", id !== null);
    this.#mark();
    if (id === null) {
      this.view.clear();
      for (const list of this.lists) list.focus(left);
      return;
    }
    const followUp = await this.workplace.act(() => this.api.one(id));
    if (this.#shown !== id) return;
    if (followUp) this.view.open(followUp);
    else location.hash = "";
  };

  #mark() {
    for (const list of this.lists) list.current = this.#shown;
  }

  /** Do something on the server, then show how the lists stand; return its answer, or null when it did not work. */
  async #act(deed) {
    const answer = await this.workplace.act(deed);
    if (answer !== null) {
      this.refresh();
      this.workplace.refreshBadges();
    }
    return answer;
  }
}
