/** The page's frame: drafting, and for supervisors the report beside it. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { AskView } from "./ask_view.js";
import { DraftCalls } from "./draft_calls.js";
import { ReportView } from "./report_view.js";

const VIEWS = { ask: AskView, report: ReportView };
const OF_SUPERVISORS = ["report"];

export class DraftsPage {
  constructor(workplace) {
    this.workplace = workplace;
    this.calls = new DraftCalls(workplace.api);
    this.views = {};
    this.names = Object.keys(VIEWS).filter((name) => workplace.account.role === "supervisor" || !OF_SUPERVISORS.includes(name));
    this.links = this.names.map((name) => element("a", { href: `#${name}` }, text(`drafts.tab_${name}`)));
    this.place = element("main", { class: "view drafting", tabindex: "-1" });
    this.node = element(
      "div",
      { class: "drafts-page" },
      this.names.length > 1 && element("nav", { class: "tabs", "aria-label": text("drafts.tabs") }, this.links),
      this.place,
    );
  }

  open() {
    addEventListener("hashchange", this.#route);
    this.#route();
  }

  close() {
    removeEventListener("hashchange", this.#route);
  }

  /** Show the view that the address names; one that was left is there as it was. */
  #route = () => {
    const asked = location.hash.slice(1);
    const name = this.names.includes(asked) ? asked : this.names[0];
    this.links.forEach((link, place) => {
      if (this.names[place] === name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    this.views[name] ??= new VIEWS[name](this.workplace, this.calls);
    this.place.replaceChildren(this.views[name].node);
    this.views[name].open();
  };
}
