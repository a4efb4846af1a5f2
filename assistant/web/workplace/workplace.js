/** The frame of the staff's pages: sign in, the masthead with the pages of one's role, then the page itself. */
import "./texts.zh-CN.js";
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { Refused } from "../signed_in_api.js";
import { text } from "../texts.js";
import { Badges } from "./badges.js";
import { firstAddress, pagesOf } from "./pages.js";
import { signInForm } from "./sign_in.js";
import { toast } from "./toast.js";

export class Workplace {
  #view = null;
  #badges = null;
  #place = document.getElementById("page");

  /**
   * `name` is the page's name in PAGES. A `View` is made with this workplace, which gives it `api`, `account`, `act`
   * and `failed`; it has a `node`, and `open()` and `close()` begin and end what it does by itself.
   */
  constructor(name, api, View) {
    this.name = name;
    this.api = api;
    this.View = View;
    this.account = null;
  }

  /** Show the page to who is signed in, else ask them to sign in. */
  async begin() {
    document.title = this.title;
    try {
      const account = await this.api.session();
      if (account) this.#show(account);
      else this.#askToSignIn();
    } catch {
      this.#askToSignIn(text("workplace.unreachable"));
    }
  }

  /** The page's title; a view may set another to say what is new. */
  get title() {
    return text("workplace.title", { page: text(`workplace.page_${this.name}`) });
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

  /** Tell the reader what did not work; a session that is over ends the page. */
  failed(error) {
    if (error instanceof Refused && error.status === 401) this.#end(text("workplace.session_over"));
    else toast(error instanceof Refused && error.message ? error.message : text("workplace.failed"));
  }

  #askToSignIn(reason = "") {
    document.title = this.title;
    const form = signInForm(this.api, (account) => this.#show(account), reason, text(`workplace.lead_${this.name}`));
    this.#place.replaceChildren(form);
    form.querySelector("input").focus();
  }

  #show(account) {
    const pages = pagesOf(account.role);
    if (!pages.some(({ name }) => name === this.name)) {
      const elsewhere = firstAddress(account.role);
      if (elsewhere) location.replace(elsewhere);
      else this.#askToSignIn(text("workplace.no_page"));
      return;
    }
    this.account = account;
    this.#view = new this.View(this);
    this.#place.replaceChildren(
      element("div", { class: "workplace" }, this.#masthead(account, pages), this.#view.node),
    );
    this.#view.open();
  }

  #masthead(account, pages) {
    const links = pages.map(({ name, address }) =>
      element(
        "a",
        { href: address, dataset: { page: name }, "aria-current": name === this.name ? "page" : null },
        text(`workplace.page_${name}`),
      ),
    );
    const counted = pages.map(({ count }, place) => ({ link: links[place], count })).filter(({ count }) => count);
    this.#badges = new Badges(this.api, counted);
    this.#badges.begin();
    return element(
      "header",
      { class: "masthead" },
      element("span", { class: "seal" }, icon("mark")),
      element("h1", {}, text("assistant.name")),
      element("nav", { class: "pages", "aria-label": text("workplace.menu") }, links),
      element("span", { class: "account" }, account.name, element("small", {}, text(`workplace.role_${account.role}`))),
      element("button", { class: "button", type: "button", onclick: () => this.#signOut() }, text("workplace.sign_out")),
    );
  }

  async #signOut() {
    await this.act(() => this.api.signOut());
    this.#end("");
  }

  #end(reason) {
    if (!this.#view) return;
    this.#view.close();
    this.#view = null;
    this.#badges.end();
    this.#askToSignIn(reason);
  }
}
