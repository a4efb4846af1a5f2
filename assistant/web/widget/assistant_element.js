/** The element <wenban-assistant>. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { Api } from "./api.js";
import { Chat } from "./chat.js";
import { Layout } from "./layout.js";
import { Panel } from "./panel.js";

const STYLES = ["../tokens.css", "../base.css", "./panel.css", "./log.css", "./cards.css", "./rating.css"];

/**
 * The assistant on a page.
 *
 * Attributes: `server`, its origin (by default where this script came from); `layout`, "floating" (the default: a
 * button opens it) or "docked" (on wide screens it fills the element); `identity`, a demonstration identity's key;
 * `start="manual"` keeps a docked one from beginning before `begin()` is called.
 */
export class WenbanAssistant extends HTMLElement {
  #chat = null;
  #layout = null;

  connectedCallback() {
    if (this.#chat) return;
    const api = new Api(new URL(this.getAttribute("server") ?? import.meta.url, document.baseURI).origin);
    const panel = new Panel({ onClose: () => this.close() });
    this.#chat = new Chat(api, panel);
    const launcher = element(
      "button",
      { class: "launcher", type: "button", onclick: () => this.open() },
      icon("mark"),
      text("assistant.name"),
    );
    launcher.setAttribute("aria-label", text("assistant.open"));
    this.#layout = new Layout(panel, launcher, { docks: this.getAttribute("layout") === "docked" });
    const root = this.attachShadow({ mode: "open" });
    const shell = element("div", { class: "shell", hidden: true }, panel.node, panel.question, launcher);
    const styles = STYLES.map((address) =>
      element("link", { rel: "stylesheet", href: new URL(address, import.meta.url).href }),
    );
    root.append(...styles, shell);
    Promise.all(styles.map(loaded)).then(() => {
      shell.hidden = false;
      this.#layout.apply();
    });
    if (this.#layout.isDocked && this.getAttribute("start") !== "manual") this.begin();
  }

  /** Begin or resume the conversation, as the identity given; resolves to whether it is ready. */
  begin(identity = this.getAttribute("identity")) {
    return this.#chat.begin(identity || null);
  }

  /** End the conversation and begin a new one. */
  restart(identity = this.getAttribute("identity")) {
    return this.#chat.restart(identity || null);
  }

  /** Show the assistant. */
  open() {
    this.#layout.open();
    this.#chat.seen();
    return this.begin();
  }

  /** Hide the assistant; the conversation goes on. */
  close() {
    this.#layout.close();
  }

  /** Show the assistant and say something to it for the citizen. */
  async ask(words) {
    if (await this.open()) this.#chat.say(words);
  }
}

/** Wait for a style sheet; one that fails must not keep the assistant away. */
function loaded(link) {
  return new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
  });
}
