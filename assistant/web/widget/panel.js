/** The assistant's panel: its bar, its log, its composer, the place for speaking. */
import { confirmation } from "../confirmation.js";
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../wording.js";
import { Composer } from "./composer.js";
import { button, iconButton } from "./controls.js";
import { Log } from "./log.js";

export class Panel {
  #identity;
  #demo;
  #line;
  #place = element("span");
  #waysOut;
  #network;
  #wall;
  /** called when the citizen wants a new conversation, or the settings */
  onRestart = () => undefined;
  onSettings = () => undefined;

  /** Where `single` is true, one question and what came of it are shown at a time. */
  constructor(single, { heading, onClose }) {
    this.onClose = onClose;
    this.log = new Log(single);
    this.composer = new Composer();
    this.speech = element("section", { part: "speech", "aria-label": text("speech.label") });
    this.#identity = element("p", { class: "identity" });
    this.#demo = element("span", { class: "demo", hidden: true }, text("assistant.demo"));
    const ways = ["leave", "message"].map((way) =>
      button(text(`handoff.${way}`), () => this.composer.onSay(text(`say.${way}`)), "change"),
    );
    this.#waysOut = element("span", { class: "ways-out" }, ways);
    this.#line = element("div", { class: "line", hidden: true, role: "status" });
    this.#network = element("p", { class: "line network", role: "status" });
    this.#wall = element("div", { class: "wall", hidden: true, role: "alert" });
    this.question = confirmation("restart", () => this.onRestart());
    this.node = element(
      "dialog",
      { class: "panel", part: "panel", "aria-label": heading ?? text("assistant.title") },
      element(
        "header",
        { class: "bar", part: "bar" },
        element("span", { class: "mark" }, icon("mark")),
        element("div", { class: "title" }, element("h2", {}, heading ?? text("assistant.name"), this.#demo), this.#identity),
        iconButton("settings", "settings.open", () => this.onSettings()),
        iconButton("restart", "assistant.restart", () => this.question.showModal()),
        iconButton("close", "assistant.close", onClose, "icon-button closes"),
      ),
      this.#line,
      this.#network,
      this.log.node,
      this.#wall,
      this.composer.node,
      this.speech,
    );
  }

  /** Show that a conversation is being opened. */
  loading() {
    this.#wall.hidden = true;
    this.#identity.textContent = text("assistant.loading");
    this.composer.ready = false;
  }

  /** Show that the citizen may write and, where they are heard, speak. */
  ready(session, speaks) {
    const key = session.demo ? "identity.demo" : "identity.signed_in";
    this.#identity.textContent = session.name ? text(key, session) : text("identity.none");
    this.#demo.hidden = !session.demo;
    this.composer.ready = true;
    this.composer.speaks = speaks;
    this.log.toEnd();
  }

  /** Say why nothing can be said now, and offer the way on. */
  trouble(reason, label, act) {
    const go = () => {
      this.log.focus(); // the button goes
      act();
    };
    this.#wall.replaceChildren(element("p", {}, reason), button(label, go, "button primary"));
    this.#wall.hidden = false;
    this.#identity.textContent = "";
    this.composer.ready = false;
    this.log.typing = null;
  }

  /** Whether a citizen can see it now. */
  get isSeen() {
    return this.node.open && document.visibilityState === "visible";
  }

  /** Show how the network is: "good", "poor" or "offline". */
  connection(state) {
    this.#network.textContent = state === "good" ? "" : text(`connection.${state}`);
  }

  /** Show who has the conversation. */
  handoff(handoff) {
    if (handoff.state !== "queued" && this.#line.matches(":focus-within")) this.log.focus(); // its buttons go
    this.#line.hidden = handoff.state === "assistant";
    this.#line.dataset.state = handoff.state;
    this.composer.toStaff = handoff.state !== "assistant";
    if (handoff.state === "person") this.#line.textContent = text("handoff.with_person", handoff);
    if (handoff.state === "queued") this.#queued(handoff);
  }

  #queued(handoff) {
    const keys = { null: "handoff.queued", 0: "handoff.next" };
    const place = text(keys[handoff.ahead] ?? "handoff.position", handoff);
    const wait = handoff.minutes === null ? "" : text("handoff.minutes", handoff);
    this.#place.textContent = place + wait;
    if (!this.#line.contains(this.#place)) this.#line.replaceChildren(this.#place, this.#waysOut);
  }

  /** Empty the panel for another conversation. */
  clear() {
    this.log.clear();
    this.#line.hidden = true;
    this.#wall.hidden = true;
    this.#network.textContent = "";
    this.composer.toStaff = false;
  }
}
