/** Show in the masthead how much presses on each page that can tell. */
import { element, spoken } from "../dom.js";
import { text } from "../texts.js";

const LOOK_EVERY_MS = 60_000;

export class Badges {
  #look;

  /** `pages` are those of the masthead within `place`. */
  constructor(api, pages, place) {
    this.api = api;
    this.badges = pages
      .filter(({ badge }) => badge)
      .map(({ name, badge }) => {
        const node = element("span", { class: "badge", hidden: true });
        place.querySelector(`.pages [data-page="${name}"]`).append(node);
        return { node, address: badge };
      });
    this.#look = setInterval(() => document.hidden || this.refresh(), LOOK_EVERY_MS);
    this.refresh();
  }

  /** Ask now; what cannot be told stays as it was. */
  async refresh() {
    for (const { node, address } of this.badges) {
      const { count } = await this.api.request("GET", address).catch(() => ({}));
      if (count === undefined) continue;
      node.replaceChildren(element("span", { "aria-hidden": "true" }, String(count)), spoken(text("workplace.pressing", { count })));
      node.hidden = count === 0;
    }
  }

  end() {
    clearInterval(this.#look);
  }
}
