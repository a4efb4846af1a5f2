/** The assistant's panel: its bar, its log, its composer. */
import { confirmation } from "../confirmation.js";
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";

export class Panel {
  /** called when the citizen wants a new conversation */
  onRestart = () => undefined;

  constructor({ onClose }) {
    this.log = new Log();
    this.composer = new Composer();
    this.question = confirmation("restart", () => this.onRestart());
    this.identity = element("p", { class: "identity" });
    this.demo = element("span", { class: "demo", hidden: true }, text("assistant.demo"));
    this.restartButton = iconButton("restart", "assistant.restart", () => this.question.showModal());
    this.line = element("p", { class: "line", hidden: true });
    this.network = element("p", { class: "line network", role: "status" });
    this.wall = element("div", { class: "wall", hidden: true, role: "alert" });
    const close = iconButton("close", "assistant.close", onClose);
    close.classList.add("closes");
    this.node = element(
      "dialog",
      { class: "panel", "aria-label": text("assistant.title") },
      element(
        "header",
        { class: "bar" },
        element("span", { class: "mark" }, icon("mark")),
        element("div", { class: "title" }, element("h2", {}, text("assistant.name"), this.demo), this.identity),
        this.restartButton,
        close,
      ),
      this.line,
      this.network,
      this.log.node,
      this.wall,
      this.composer.node,
    );
  }

  /** Show that a conversation is being opened. */
  loading() {
    this.wall.hidden = true;
    this.identity.textContent = text("assistant.loading");
    this.composer.ready = false;
  }

  /** Show that the citizen may speak. */
  ready(session) {
    const key = session.demo ? "identity.demo" : "identity.signed_in";
    this.identity.textContent = session.name ? text(key, session) : text("identity.none");
    this.demo.hidden = !session.demo;
    this.composer.ready = true;
    this.log.toEnd();
  }

  /** Say why nothing can be said now, and offer the way on. */
  trouble(reason, label, act) {
    const button = element("button", { class: "button primary", type: "button" }, label);
    button.onclick = act;
    this.wall.replaceChildren(element("p", {}, reason), button);
    this.wall.hidden = false;
    this.identity.textContent = "";
    this.composer.ready = false;
    this.log.typing = null;
  }

  /** Whether a citizen can see it now. */
  get isSeen() {
    return this.node.open && document.visibilityState === "visible";
  }

  /** Show how the network is. */
  connection(good) {
    this.network.textContent = good ? "" : text("connection.reconnecting");
  }

  /** Show who has the conversation. */
  handoff(handoff) {
    this.line.hidden = handoff.state === "assistant";
    this.line.dataset.state = handoff.state;
    this.composer.toStaff = handoff.state !== "assistant";
    if (handoff.state === "person") this.line.textContent = text("handoff.with_person", { name: ` ${handoff.name} ` });
    if (handoff.state === "queued") this.#queued(handoff);
  }

  #queued(handoff) {
    const keys = { null: "handoff.queued", 0: "handoff.next" };
    const place = text(keys[handoff.ahead] ?? "handoff.position", handoff);
    const wait = handoff.minutes === null ? "" : text("handoff.minutes", handoff);
    this.line.replaceChildren(
      element("span", {}, place + wait),
      element("span", { class: "ways-out" }, ["handoff.leave", "handoff.message"].map((key) => this.#wayOut(text(key)))),
    );
  }

  #wayOut(words) {
    return element("button", { class: "link", type: "button", onclick: () => this.composer.onSay(words) }, words);
  }

  /** Empty the panel for another conversation. */
  clear() {
    this.log.clear();
    this.line.hidden = true;
    this.wall.hidden = true;
    this.network.textContent = "";
    this.composer.toStaff = false;
  }
}

function iconButton(name, key, act) {
  return element(
    "button",
    { class: "icon-button", type: "button", "aria-label": text(key), title: text(key), onclick: act },
    icon(name),
  );
}
