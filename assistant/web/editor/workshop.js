/** The frame of the page: masthead, the three lists, and whichever view the address names. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { Refused } from "../signed_in_api.js";
import { toast } from "../workplace/toast.js";
import { text } from "../texts.js";
import { DraftView } from "./draft_view.js";
import { GapsView } from "./gaps_view.js";
import { ItemView } from "./item_view.js";
import { ItemsView } from "./items_view.js";
import { ReviewsView } from "./reviews_view.js";
import { RevisionView } from "./revision_view.js";

const TABS = ["gaps", "items", "reviews"];
const LOOK_EVERY_MS = 5_000;

/** Address → [the tab it belongs to, the view]; each view has `node` and `open(...words of the address)`. */
const VIEWS = {
  gaps: ["gaps", GapsView],
  items: ["items", ItemsView],
  item: ["items", ItemView],
  draft: ["items", DraftView],
  reviews: ["reviews", ReviewsView],
  revision: ["reviews", RevisionView],
};

export class Workshop {
  #view = null;
  #look = null;

  /** `signedOut(reason)` hears that the session is over. */
  constructor(api, account, signedOut) {
    this.api = api;
    this.account = account;
    this.signedOut = signedOut;
    this.canWrite = account.role === "editor";
    this.index = element("span", { class: "index", role: "status" });
    this.count = element("span", { class: "count", hidden: true });
    this.tabs = Object.fromEntries(
      TABS.map((name) => [name, element("a", { href: `#${name}` }, text(`editor.${name}`))]),
    );
    this.tabs.reviews.append(this.count);
    this.place = element("main", { class: "view", tabindex: "-1" });
    this.node = element(
      "div",
      { class: "workshop" },
      element(
        "header",
        { class: "masthead" },
        element("span", { class: "seal" }, icon("mark")),
        element("h1", {}, text("assistant.name"), element("small", {}, text("editor.page"))),
        this.index,
        element("span", { class: "account" }, account.name, element("small", {}, text(`editor.role_${account.role}`))),
        element("button", { class: "button", type: "button", onclick: () => this.#signOut() }, text("workplace.sign_out")),
      ),
      element("nav", { class: "tabs", "aria-label": text("editor.page") }, Object.values(this.tabs)),
      this.place,
    );
  }

  /** Show what the address names, and follow it. */
  open() {
    addEventListener("hashchange", this.#route);
    this.#look = setInterval(() => document.hidden || this.lookAround(), LOOK_EVERY_MS);
    this.#route();
    this.lookAround();
  }

  /** Do something on the server; return its answer, or null when it did not work and the reader was told. */
  async act(deed) {
    try {
      return await deed();
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  /** Tell the reader what did not work. */
  failed(error) {
    if (error instanceof Refused && error.status === 401) this.#end(text("workplace.session_over"));
    else toast(error instanceof Refused && error.message ? error.message : text("workplace.failed"));
  }

  /** Fetch how many wait for a second person, and whether the search knows what was approved. */
  async lookAround() {
    try {
      const [reviews, index] = await Promise.all([this.api.reviews(), this.api.index()]);
      const waiting = reviews.filter(({ mine }) => !mine).length;
      this.count.textContent = waiting;
      this.count.hidden = waiting === 0;
      const standing = index.in_step ? "in_step" : index.failed ? "failed" : "updating";
      this.index.className = `index ${standing}`;
      this.index.textContent = text(`editor.index_${standing}`);
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.#end(text("workplace.session_over"));
    }
  }

  #route = () => {
    const [name, ...words] = (location.hash.slice(1) || (this.canWrite ? "gaps" : "reviews")).split("/");
    const [tab, View] = VIEWS[name] ?? VIEWS.items;
    const within = this.place.contains(document.activeElement);
    this.#view?.leave?.();
    this.#view = new View(this);
    for (const [own, link] of Object.entries(this.tabs)) {
      if (own === tab) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    document.title = text("editor.title_of", { page: text(`editor.${tab}`), title: text("editor.title") });
    this.place.replaceChildren(this.#view.node);
    this.place.scrollTop = 0;
    const opened = this.#view.open(...words.map(decodeURIComponent));
    if (within) opened.then(() => this.#focusHeading());
  };

  /** Go on from the heading of a view that took the place of what had the focus. */
  #focusHeading() {
    if (document.activeElement !== document.body) return;
    const heading = this.place.querySelector("h2");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }

  async #signOut() {
    await this.#view?.leave?.();
    await this.act(() => this.api.signOut());
    this.#end("");
  }

  #end(reason) {
    if (this.#look === null) return;
    clearInterval(this.#look);
    this.#look = null;
    removeEventListener("hashchange", this.#route);
    this.#view?.leave?.();
    this.signedOut(reason);
  }
}
