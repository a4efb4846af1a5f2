/** The page of a kiosk: a welcome, a visit, and then nothing left of it. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { Refused } from "../widget/api.js";
import { text } from "../wording.js";
import { beginVisit, fetchKiosk, fetchSpeaks, touchVisit, wipeVisit } from "./api.js";
import { keepIn } from "./guard.js";
import { Idle } from "./idle.js";
import { IdleNotice } from "./idle_notice.js";
import { USUAL, speak } from "./language.js";
import { NoticeCard } from "./notice_card.js";
import { Visit } from "./visit.js";
import { welcome } from "./welcome.js";
import { wipe, wipeWhatWasLeft } from "./wipe.js";

const AGAIN_AFTER_MS = 5_000;
const TOUCH_EVERY_MS = 15_000; // the server wipes a visit that was not touched for longer than the page waits

class Kiosk {
  #kiosk;
  #speaks = false;
  #language = USUAL;
  #idle;
  #notice;
  #screen = null;
  /** the visit {conversation_id, token}, and its screen */
  #visit = null;
  #visiting = null;
  #touchedAt = 0;
  #isWiping = false;

  /** Show the welcome as soon as the server can be reached. */
  async begin() {
    keepIn();
    wipeWhatWasLeft();
    await speak(this.#language);
    document.title = text("kiosk.title");
    this.#kiosk = await this.#reached();
    this.#speaks = await fetchSpeaks().catch(() => false);
    this.#idle = new Idle(this.#kiosk.idle, {
      active: () => this.#touch(),
      notice: (seconds) => this.#visit && this.#notice.show(seconds),
      wipe: () => (this.#visit || this.#language !== USUAL ? this.#wipe() : this.#idle.start()),
    });
    addEventListener("pagehide", () => this.#visit && !this.#isWiping && wipeVisit(this.#visit).catch(() => undefined));
    this.#welcome();
    this.#idle.start();
  }

  async #reached() {
    for (;;) {
      try {
        return await fetchKiosk();
      } catch {
        document.body.replaceChildren(unavailable());
        await new Promise((on) => setTimeout(on, AGAIN_AFTER_MS));
      }
    }
  }

  #welcome() {
    this.#screen?.end();
    this.#screen = welcome(this.#kiosk, { speaks: this.#speaks, language: this.#language }, {
      talk: () => this.#receive((visiting) => visiting.speak()),
      choose: (words) => this.#receive((visiting) => visiting.say(words)),
      other: () => this.#receive(() => undefined),
      call: () => this.#receive((visiting) => visiting.call()),
      language: (language) => this.#speakIn(language),
    });
    document.body.replaceChildren(this.#screen.node);
  }

  async #speakIn(language) {
    await speak(language);
    this.#language = language;
    document.title = text("kiosk.title");
    this.#welcome();
    document.querySelector(`.languages [lang="${language}"]`).focus();
  }

  /** Begin a visit with what somebody wishes first; a second touch meanwhile changes nothing. */
  async #receive(wish) {
    const { node } = this.#screen;
    if (node.inert) return;
    node.inert = true;
    try {
      this.#visit = await beginVisit();
    } catch (error) {
      node.inert = false;
      new NoticeCard().show("alert", error.sentence ?? text("kiosk.begin_failed"));
      return;
    }
    this.#notice = new IdleNotice({ back: () => this.#back(), end: () => this.#wipe() });
    const visiting = new Visit(this.#kiosk, this.#visit, this.#language, {
      end: () => this.#wipe(),
      sounds: (sounds) => (this.#idle.sounds = sounds),
    });
    this.#visiting = visiting;
    this.#screen.end();
    document.body.replaceChildren(visiting.node);
    this.#touchedAt = performance.now();
    this.#idle.start();
    if (await visiting.begin()) wish(visiting);
  }

  #back() {
    this.#notice.hide();
    this.#idle.back();
  }

  /** Tell the server that somebody is there; a visit that it has ended already is over here too. */
  async #touch() {
    if (!this.#visit || performance.now() - this.#touchedAt < TOUCH_EVERY_MS) return;
    this.#touchedAt = performance.now();
    await touchVisit(this.#visit).catch((error) => error instanceof Refused && !error.passing && this.#wipe());
  }

  /** End the visit: first what can be seen goes, then all else. */
  #wipe() {
    if (this.#isWiping) return;
    this.#isWiping = true;
    const visit = this.#visit;
    this.#visit = null;
    this.#idle.stop();
    this.#notice?.hide();
    this.#visiting?.end();
    this.#visiting = this.#notice = null;
    document.body.replaceChildren(element("main", { class: "between" }, element("p", { role: "status" }, icon("lock"), text("kiosk.wiping"))));
    wipe(visit);
  }
}

function unavailable() {
  return element(
    "main",
    { class: "between" },
    element("h1", {}, text("kiosk.unavailable")),
    element("p", {}, text("kiosk.unavailable_help")),
  );
}

new Kiosk().begin();
