/** How much presses on the staff's pages, as a number beside each link of the masthead. */
import { element, spoken } from "../dom.js";
import { text } from "../texts.js";

const LOOK_EVERY_MS = 60_000;

export class Badges {
  #timer = null;

  /** `places` are {link, count}: a link of the masthead, and where one asks what to show beside it. */
  constructor(api, places) {
    this.api = api;
    this.places = places.map(({ link, count }) => ({ count, badge: link.appendChild(element("span", { class: "badge", hidden: true })) }));
  }

  /** Look now and then; a hidden tab does not ask. */
  begin() {
    this.#timer = setInterval(() => document.hidden || this.#look(), LOOK_EVERY_MS);
    this.#look();
  }

  end() {
    clearInterval(this.#timer);
  }

  /** What cannot be fetched leaves the number as it was: the page itself tells what is wrong. */
  async #look() {
    for (const { count, badge } of this.places) {
      const found = await this.api.request("GET", count).catch(() => null);
      if (found === null) continue;
      badge.hidden = found.count === 0;
      badge.replaceChildren(element("span", { "aria-hidden": "true" }, String(found.count)), spoken(text("workplace.pressing", found)));
    }
  }
}
