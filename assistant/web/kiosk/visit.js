/** A visit: the assistant over the whole screen, with keys for numbers, papers to print and ways to get help. */
import { element } from "../dom.js";
import { text } from "../wording.js";
import { callClerk, fetchEvents, fetchPhoneCode } from "./api.js";
import { CardReader } from "./card_reader.js";
import { action } from "./controls.js";
import { DigitPad } from "./digit_pad.js";
import { pictured } from "./icons.js";
import { NoticeCard } from "./notice_card.js";
import { NUMBERS } from "./numbers.js";
import { BODY, PaperView } from "./paper_view.js";
import { PhoneCard } from "./phone_card.js";
import { numberOf, receiptPage } from "./receipt.js";
import within from "./within.css" with { type: "css" };

const READ_MS = 5_000; // how long the last sentence of a visit stands
const SAID = 1.15; // of the page's text
const LARGER = 1.25;
const GIVES_NOTICE = new Set(["answered", "submitted"]); // after these a list to take along is of use

export class Visit {
  #kiosk;
  #visit;
  #on;
  #assistant;
  #status = null;
  #asked = null;
  #item = null;
  #itemGiven = null;
  #receipt = null;
  #isOver = false;
  #notice = new NoticeCard();
  #papers;
  #pad;
  #phone;
  #reader;
  #strip = element("div", { class: "strip", role: "group", "aria-label": text("kiosk.actions") });

  /**
   * `visit` is {conversation_id, token}; `on.end()` hears that it is over, `on.sounds(sounds)` whether somebody speaks or
   * is spoken to.
   */
  constructor(kiosk, visit, language, on) {
    this.#kiosk = kiosk;
    this.#visit = visit;
    this.#on = on;
    this.#papers = new PaperView(kiosk.paper);
    this.#phone = new PhoneCard(() => fetchPhoneCode(visit), { leave: () => this.#phone.close(), again: () => this.#showPhone() });
    this.#reader = new CardReader(visit, this.#notice, (card) => this.#identified(card));
    this.#pad = new DigitPad(
      { done: (number) => this.#assistant.answer(number), card: () => this.#readCard(), leave: () => this.#leavePad() },
      { hasCard: kiosk.card_reader },
    );
    this.#assistant = this.#assistantIn(language);
    this.node = element(
      "main",
      { class: "visit", tabindex: "-1", "aria-label": text("kiosk.visit") },
      element(
        "header",
        {},
        action("leave", text("kiosk.end"), () => on.end(), "end"),
        this.#sizeButton(),
        kiosk.card_reader && action("card", text("kiosk.card"), () => this.#readCard()),
        kiosk.phone && action("mobile", text("kiosk.phone"), () => this.#showPhone()),
        action("bell", text("kiosk.call"), () => this.call()),
      ),
      this.#assistant,
      this.#strip,
    );
    this.#showStrip();
  }

  /** Begin; resolves to whether the assistant is ready. The node must be on the page. */
  async begin() {
    await customElements.whenDefined("wenban-assistant");
    this.#assistant.shadowRoot.adoptedStyleSheets.push(within);
    this.node.focus();
    return this.#assistant.begin();
  }

  /** Say something for the citizen. */
  say(words) {
    this.#assistant.answer(words, { secret: false });
  }

  /** Begin to listen. */
  speak() {
    this.#assistant.speak();
  }

  /** Call a clerk to the machine, and say what comes of it. */
  async call() {
    const told = await callClerk(this.#visit).catch((error) => error.sentence ?? text("kiosk.call_failed"));
    if (!this.#isOver) this.#notice.show("bell", told);
  }

  /** Take everything of it off the page. */
  end() {
    this.#isOver = true;
    this.#reader.stop();
    for (const one of [this.#pad, this.#phone, this.#papers, this.#notice]) one.close();
    this.#assistant.remove();
    this.node.remove();
  }

  #assistantIn(language) {
    const node = element("wenban-assistant", {
      mode: "inline",
      start: "manual",
      place: "hall",
      voice: "hands-free",
      elder: true,
      language,
      size: textSize(),
    });
    const heard = {
      message: ({ from, status, item }) => from === "assistant" && this.#replied(status, item),
      asks: ({ type }) => this.#ask(type),
      speaking: ({ who }) => this.#on.sounds(who !== null),
      receipt: ({ receiptNumber, provisionalNumber }) => this.#submitted(receiptNumber ?? provisionalNumber),
      moved: () => this.#last("mobile", text("kiosk.phone_moved")),
      expired: () => this.#last("alert", text("kiosk.over")),
    };
    for (const [type, hear] of Object.entries(heard)) node.addEventListener(type, ({ detail }) => hear(detail));
    node.identityProvider = async () => ({ session: this.#visit });
    node.printer = (file, fetchFile) => this.#printFile(file, fetchFile);
    return node;
  }

  #sizeButton() {
    const label = (larger) => text(larger ? "kiosk.smaller" : "kiosk.larger");
    let larger = false;
    const words = element("span", {}, label(false));
    const resize = () => {
      larger = !larger;
      words.textContent = label(larger);
      node.firstChild.replaceWith(pictured(larger ? "minus" : "plus"));
      this.#assistant.setAttribute("size", textSize() * (larger ? LARGER : 1));
    };
    const node = action("plus", words, resize, "size");
    return node;
  }

  #replied(status, item) {
    this.#status = status;
    this.#item = GIVES_NOTICE.has(status) && item !== this.#itemGiven ? item : null;
  }

  /** A number is asked for: its keys come at once, unless something else was answered that is to be read first. */
  #ask(type) {
    this.#asked = type in NUMBERS ? type : null;
    if (this.#asked && this.#status === "flow_asked") this.#openPad();
    else this.#pad.close();
    this.#showStrip();
  }

  #openPad() {
    this.#pad.open(this.#asked, this.#question());
  }

  #leavePad() {
    this.#pad.close();
    this.node.focus();
  }

  /** Return what the assistant said last; of personal values it says none. */
  #question() {
    return [...this.#assistant.shadowRoot.querySelectorAll(".entry.assistant .prose")].at(-1)?.innerText ?? "";
  }

  #submitted(number) {
    this.#receipt = number;
    this.#showStrip();
  }

  #showStrip() {
    const name = this.#asked && text(`kiosk.number_${this.#asked}`);
    const offers = [
      this.#asked && action("keyboard", text("kiosk.pad_open", { name }), () => this.#openPad(), "primary"),
      this.#receipt && action("print", text("kiosk.print_receipt"), () => this.#printReceipt(), "primary"),
      this.#item && action("book", text("kiosk.print_notice"), () => this.#wantNotice()),
    ].filter(Boolean);
    this.#strip.replaceChildren(...offers);
    this.#strip.hidden = offers.length === 0;
  }

  #wantNotice() {
    this.#itemGiven = this.#item;
    this.say(text("kiosk.say_notice"));
  }

  async #printReceipt() {
    const wanted = this.#receipt;
    try {
      const events = await fetchEvents(this.#visit);
      const submitted = events.find(({ type, payload }) => type === "reply" && numberOf(payload.application) === wanted);
      if (!this.#isOver) await this.#papers.open(receiptPage(submitted, this.#kiosk));
    } catch {
      this.#notice.show("alert", text("kiosk.print_failed"));
    }
  }

  /** Print what is there as a page; what is a PDF file alone is for a phone, or for the counter. */
  async #printFile({ page }, fetchFile) {
    if (!page) return this.#notice.show("print", text("kiosk.print_certificate"));
    const html = await (await fetchFile(`${page}?paper=${BODY[this.#kiosk.paper]}`)).text();
    return this.#isOver ? undefined : this.#papers.open(html);
  }

  async #showPhone() {
    await this.#phone.open().catch((error) => this.#notice.show("mobile", error.sentence ?? text("kiosk.phone_failed")));
  }

  #readCard() {
    this.#pad.close();
    this.#reader.read();
  }

  /** The server knows the person now and fills in what it can; the number is given where it is just being asked for. */
  #identified({ name, id_number: number }) {
    if (this.#asked === "cn_id_number") this.#assistant.answer(number);
    const masked = name.slice(0, 1) + "*".repeat(Math.max(0, name.length - 1));
    this.#notice.show("person", text("kiosk.card_read", { name: masked }));
  }

  /** Say the last sentence of a visit, and end it. */
  #last(name, words) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#pad.close();
    this.#phone.close();
    this.#notice.show(name, words, { act: () => this.#on.end() });
    setTimeout(() => this.#on.end(), READ_MS);
  }
}

/** Return the size of what is said, px: a little larger than the page's own words. */
function textSize() {
  return Math.round(SAID * parseFloat(getComputedStyle(document.documentElement).fontSize));
}
