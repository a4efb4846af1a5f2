/** The conversation on screen: a live region that announces each new entry once. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../wording.js";
import { button } from "./controls.js";

const NEAR_END_PX = 96;
const MARGIN_PX = 12;

export class Log {
  #entries;
  #scroller;
  #jump;
  #dots;
  #who = element("span");
  #earlier;
  #question = null;
  /** the entry that was last scrolled to, null for the end */
  #first = null;
  #atEnd = true;

  /** Where `single` is true, only the last question and what came of it are shown, the rest on demand. */
  constructor(single) {
    this.#entries = element("div", {
      class: single ? "entries single" : "entries",
      role: "log",
      "aria-live": "polite",
      "aria-relevant": "additions",
      "aria-label": text("assistant.log"),
    });
    this.#dots = element(
      "p",
      { class: "typing", hidden: true, "aria-hidden": "true" },
      element("i"),
      element("i"),
      element("i"),
    );
    this.#earlier = button(text("log.earlier"), () => this.#showEarlier(), "button earlier");
    this.#earlier.hidden = true;
    this.#dots.append(this.#who);
    this.#scroller = element("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": text("log.scroller") });
    this.#scroller.append(this.#earlier, this.#entries, this.#dots);
    this.#jump = button([icon("down"), text("assistant.jump")], () => this.#jumpToEnd(), "button jump");
    this.#jump.hidden = true;
    this.#scroller.addEventListener("scroll", () => {
      this.#atEnd = this.#nearEnd();
      if (this.#atEnd) this.#jump.hidden = true;
    });
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(this.#scroller);
    this.node = element("div", { class: "log", part: "log" }, this.#scroller, this.#jump);
  }

  /** Whether entries are shown without being announced: what was said before a reload. */
  set quiet(quiet) {
    this.#entries.setAttribute("aria-live", quiet ? "off" : "polite");
  }

  /** What somebody is doing who will say something in a moment; null for nobody. */
  set typing(words) {
    const follow = words && this.#dots.hidden && this.#nearEnd();
    this.#dots.hidden = !words;
    this.#who.textContent = words ?? "";
    if (follow) this.toEnd();
  }

  /** Add an entry; the citizen's `own` words end the choices offered before them. */
  add(entry, { own = false } = {}) {
    const follow = own || this.#nearEnd();
    const left = own && this.#retire();
    this.#entries.append(entry);
    if (left) receive(entry);
    if (follow) this.#follow(this.#question ?? entry);
    else this.#jump.hidden = false;
    this.#question = own ? entry : null;
  }

  /** Add an entry that is on its way; its place is kept, and what is seen or announced is as if it had been there. */
  async later(coming) {
    const place = element("div");
    const quiet = this.#entries.getAttribute("aria-live") === "off";
    this.add(place);
    const entry = await coming;
    if (!place.isConnected) return;
    const follow = this.#nearEnd();
    if (quiet) entry.setAttribute("aria-live", "off");
    if (place.classList.contains("past")) retire(entry);
    place.replaceWith(entry);
    if (this.#first === place) this.#first = entry;
    if (follow) this.#follow(this.#first);
  }

  /** Let the entry that told that an answer is awaited say so no longer: it was decided about. */
  decided(approval) {
    for (const awaited of this.#entries.querySelectorAll(".awaited")) {
      if (awaited.closest(".entry").dataset.approval === approval) awaited.hidden = true;
    }
  }

  clear() {
    this.#entries.replaceChildren();
    this.#question = null;
    this.#jump.hidden = this.#earlier.hidden = true;
    this.typing = null;
  }

  focus() {
    this.#scroller.focus({ preventScroll: true });
  }

  toEnd() {
    this.#first = null;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#jump.hidden = true;
  }

  /** Scroll to the end, but never past the entry to read first: the question above its answer, or what is new. */
  #follow(first) {
    if (!first) return this.toEnd();
    this.#first = first;
    const end = this.#scroller.scrollHeight - this.#scroller.clientHeight;
    this.#scroller.scrollTop = Math.min(end, first.offsetTop - MARGIN_PX);
    return undefined;
  }

  /**
   * Let what came before the citizen's new words be past: choices go, and one thing at a time is shown. Return whether
   * what had the focus went.
   */
  #retire() {
    const focused = this.#entries.getRootNode().activeElement;
    for (const entry of this.#entries.children) retire(entry);
    if (this.#entries.classList.contains("single")) this.#earlier.hidden = !this.#entries.firstChild;
    return this.#entries.contains(focused) && !focused.checkVisibility();
  }

  #jumpToEnd() {
    this.focus();
    this.toEnd();
  }

  #showEarlier() {
    for (const entry of this.#entries.children) entry.classList.remove("past");
    this.#earlier.hidden = true;
    this.focus();
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }
}

/** Let an entry have the focus, so that a keyboard goes on from there. */
function receive(entry) {
  entry.tabIndex = -1;
  entry.focus({ preventScroll: true });
}

/** Let an entry be past: its choices go. */
function retire(entry) {
  entry.classList.add("past");
  for (const group of entry.querySelectorAll(".once:not([hidden])")) group.hidden = true;
}
