/** The element <wenban-assistant>. */
import { element, spoken } from "../dom.js";
import { icon } from "../icons.js";
import { LANGUAGES, useLanguage } from "../language.js";
import { HERE } from "../place.js";
import { CHINESE, prose } from "../prose.js";
import { preferSimple, text } from "../wording.js";
import { Api } from "./api.js";
import { Chat } from "./chat.js";
import { button, iconButton, offerButton, toggle } from "./controls.js";
import { Face } from "./face.js";
import { Layout } from "./layout.js";
import { Panel } from "./panel.js";
import { Stream } from "./stream.js";
import { Styles } from "./styles.js";

const REBUILDS = new Set(["language", "elder"]);

/** The assistant on a page; its attributes, methods, events, properties and parts are told in docs/embedding.md. */
export class WenbanAssistant extends HTMLElement {
  static observedAttributes = [
    "server", "mode", "language", "theme", "elder", "voice", "heading", "opening", "conversation", "identity", "position",
    "place", "size",
  ];
  /** what the parts use that are loaded later (kit.js) */
  static kit = { CHINESE, HERE, LANGUAGES, Stream, button, element, icon, iconButton, offerButton, prose, spoken, text, toggle };
  #styles = new Styles();
  #face = new Face(this, (name) => (REBUILDS.has(name) ? this.#rebuild() : this.#dress()));
  #shell = element("div", { class: "shell" });
  #chat = null;
  #panel = null;
  #layout = null;
  #built = null;
  #seen = () => this.#chat?.seen();
  #began = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [this.#styles.sheet];
    root.append(this.#shell);
  }

  connectedCallback() {
    this.#face.attentive = true;
    document.addEventListener("visibilitychange", this.#seen);
    this.#rebuild();
  }

  disconnectedCallback() {
    this.#face.attentive = false;
    document.removeEventListener("visibilitychange", this.#seen);
    this.#began = this.#chat?.end(); // resumed where it is put next
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#built) return;
    this.#face.forget(name === "voice" ? "handsFree" : name);
    if (name === "theme" || name === "size") this.#dress();
    else if (name !== "identity" && name !== "position") this.#rebuild();
  }

  /** Begin or resume the conversation, as the identity given; resolves to whether it is ready. */
  async begin(identity = this.getAttribute("identity")) {
    await this.#built;
    return this.#chat.begin(identity || null);
  }

  /** End the conversation and begin a new one. */
  async restart(identity = this.getAttribute("identity")) {
    await this.#built;
    return this.#chat.restart(identity || null);
  }

  /** Show the assistant. */
  async open() {
    await this.#built;
    this.#layout.open();
    this.#chat.seen();
    this.#tell("opened");
    return this.begin();
  }

  /** Hide the assistant; the conversation goes on. */
  close() {
    this.#layout?.close();
    this.#chat?.hush();
    this.#tell("closed");
  }

  /** Show the assistant and say something to it for the citizen. */
  async ask(words) {
    if (await this.open()) this.#chat.say(words);
  }

  /** Say something for the citizen where they are; unless `secret` is false, the screen never shows it as it stands. */
  async answer(words, { secret = true } = {}) {
    if (await this.begin()) this.#chat.say(words, secret);
  }

  /** Begin to listen. */
  async speak() {
    if (await this.begin()) this.#chat.speak();
  }

  /** Build the face once for all that changed by now. */
  #rebuild() {
    const building = (this.#built = Promise.resolve().then(() => this.#build(() => building === this.#built)));
    building.catch(() => this.#tell("failed")); // the catalogue could not be loaded
  }

  async #build(isCurrent) {
    const began = this.#chat?.end() || this.#began;
    const opened = this.#layout?.opened;
    this.#began = false;
    await useLanguage(this.#face.language);
    if (!isCurrent()) return this.#built;
    const { words = "" } = this.#panel?.composer ?? {};
    const hadFocus = this.shadowRoot.activeElement;
    preferSimple(this.#face.elder);
    const api = new Api(new URL(this.getAttribute("server") ?? HERE, document.baseURI).origin);
    const panel = (this.#panel = new Panel(this.#face.elder, { heading: this.getAttribute("heading"), onClose: () => this.close() }));
    panel.composer.words = words;
    this.#chat = new Chat(api, panel, this.#face, {
      scope: this.getAttribute("conversation"),
      opening: this.getAttribute("opening"),
      speaks: this.getAttribute("voice") !== "off",
      provide: () => this.identityProvider?.(),
      printer: this.printer,
      tell: (type, detail) => this.#tell(type, detail),
    });
    const launcher = element(
      "button",
      { class: "launcher", part: "launcher", type: "button", onclick: () => this.open() },
      icon("mark"),
      this.getAttribute("heading") ?? text("assistant.name"),
    );
    launcher.setAttribute("aria-label", text("assistant.open"));
    const inline = this.getAttribute("mode") === "inline";
    this.#layout?.end();
    this.#layout = new Layout(panel, launcher, inline);
    this.#shell.replaceChildren(panel.node, panel.question, launcher);
    this.#dress();
    if (opened) this.#layout.open();
    else this.#layout.apply();
    if (hadFocus && inline) panel.log.focus();
    this.#tell("ready");
    if (began || (inline && this.getAttribute("start") !== "manual")) this.begin();
    return undefined;
  }

  /** Put on what the person chose and needs nothing built anew. */
  #dress() {
    const { elder, language, size, theme } = this.#face;
    this.#shell.lang = language;
    this.#shell.dataset.theme = this.#styles.wear(theme);
    this.#shell.classList.toggle("elder", elder);
    if (size) this.#shell.style.setProperty("--text", `${size}px`);
    else this.#shell.style.removeProperty("--text");
    this.#chat?.suit();
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
