/** Say that somebody new has come: in the title, by a sound that can be switched off, and to screen readers, once. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { chime } from "./chime.js";

const KEY = "wenban:staff-sound";

export class Notifier {
  #known = null;
  #unread = 0;
  #on = localStorage.getItem(KEY) !== "off";

  /** `title()` returns the page's own title. */
  constructor(title) {
    this.title = title;
    this.said = element("p", { class: "spoken", "aria-live": "polite" });
    this.switch = element("button", { class: "tool sound", type: "button", onclick: () => this.#turn(!this.#on) });
    this.node = element("div", {}, this.said, this.switch);
    this.#show();
  }

  /** Take in the lists; what was there at the first look is not announced. */
  take({ waiting, mine }) {
    const unread = mine.reduce((sum, row) => sum + row.unread, 0);
    const arrived = this.#known ? waiting.filter((row) => this.#isNew(row)) : [];
    if (arrived.length > 0) this.#announce(arrived);
    if (arrived.length > 0 || (this.#known && unread > this.#unread)) this.#sound();
    this.#known = new Map(waiting.map((row) => [row.handoff_id, Boolean(row.meant?.mine)]));
    this.#unread = unread;
    document.title = this.#titled(waiting.length, unread);
  }

  /** New is who was not waiting before, and who is now kept for the reader. */
  #isNew({ handoff_id: id, meant }) {
    return !this.#known.has(id) || (Boolean(meant?.mine) && !this.#known.get(id));
  }

  #announce(arrived) {
    const [{ reason_label: reason, meant }] = arrived;
    const key = arrived.length > 1 ? "staff.arrived_more" : meant?.mine ? "staff.arrived_for_me" : "staff.arrived";
    this.said.textContent = text(key, { count: arrived.length, reason });
  }

  #titled(waiting, unread) {
    const title = this.title();
    if (waiting && unread) return text("staff.title_both", { count: waiting, unread, title });
    if (waiting) return text("staff.title_waiting", { count: waiting, title });
    return unread ? text("staff.title_unread", { unread, title }) : title;
  }

  #turn(on) {
    this.#on = on;
    localStorage.setItem(KEY, on ? "on" : "off");
    this.#show();
    this.#sound();
  }

  #sound() {
    if (this.#on) chime();
  }

  #show() {
    const label = text(this.#on ? "staff.sound_on" : "staff.sound_off");
    this.switch.setAttribute("aria-pressed", String(this.#on));
    this.switch.replaceChildren(icon(this.#on ? "bell" : "muted"), label);
  }
}
