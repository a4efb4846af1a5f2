/** Where a member of staff writes; what was not sent stays, for each conversation its own. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { ChoiceList } from "./choice_list.js";

const SLASH = /(?:^|\s)\/([\p{L}\d-]*)$/u;

export class ReplyBox {
  #id = null;
  #draftId = null;
  #sending = new Set();
  #materials = [];
  #replies = [];

  /**
   * `send(id, words, draftId)` resolves to whether the words were sent in a conversation; `typing(id)` hears that
   * something is written; `unsent` keeps what is not sent.
   */
  constructor({ send, typing, unsent }) {
    this.send = send;
    this.typing = typing;
    this.unsent = unsent;
    this.input = element("textarea", {
      rows: "2",
      "aria-label": text("staff.reply_label"),
      "aria-keyshortcuts": "Alt+R",
      placeholder: text("staff.reply_placeholder"),
      oninput: () => this.#changed(),
      onkeydown: (event) => this.#key(event),
    });
    this.choices = new ChoiceList(this.input, text("staff.canned"), {
      choose: ({ words }) => this.#write(words),
      row: ({ code, title, words }) => [
        element("strong", {}, title),
        code ? element("kbd", {}, `/${code}`) : null,
        element("span", {}, words),
      ],
    });
    this.cannedButton = tool("staff.canned", "Alt+K", () => this.openCanned());
    this.materialButton = tool("staff.materials", "Alt+M", () => this.openMaterials());
    this.button = element("button", { class: "button primary", type: "submit" }, text("staff.reply_send"));
    this.node = element(
      "form",
      { class: "reply", onsubmit: (event) => this.#submit(event) },
      this.choices.node,
      element("div", { class: "tools" }, this.cannedButton, this.materialButton),
      this.input,
      element("div", { class: "send" }, element("p", { class: "hint" }, text("staff.reply_hint")), this.button),
    );
    this.materials = [];
  }

  /** The replies that are offered after a slash: [{code, title, text}]. */
  set replies(replies) {
    this.#replies = replies.map(({ code, title, text: words }) => ({ code, title, words }));
  }

  /** What the guide in focus asks for: [{name, request}]. */
  set materials(materials) {
    this.#materials = materials.map(({ name, request }) => ({ title: name, words: request }));
    this.materialButton.hidden = materials.length === 0;
  }

  /** Turn to a conversation; what was written in it is there again. */
  open(id) {
    this.#id = id;
    const { words, draftId } = this.unsent.get(id);
    this.input.value = words;
    this.#draftId = draftId;
    this.choices.hide();
    this.#ready();
  }

  focus() {
    this.input.focus();
  }

  /** Put a text into the box, after what is there; a draft it comes from is named when it is sent. */
  insert(words, draftId = null) {
    const before = this.input.value.trimEnd();
    this.input.value = before ? `${before}\n${words}` : words;
    this.#draftId = draftId ?? this.#draftId;
    this.#keep();
    this.focus();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  /** Offer the canned replies. */
  openCanned() {
    this.focus();
    this.choices.show(this.#replies);
  }

  /** Offer the materials to ask for. */
  openMaterials() {
    this.focus();
    this.choices.show(this.#materials);
  }

  #changed() {
    if (!this.input.value.trim()) this.#draftId = null;
    this.#keep();
    const slash = SLASH.exec(this.input.value.slice(0, this.input.selectionStart));
    if (slash) this.choices.show(this.#matching(slash[1].toLowerCase()));
    else this.choices.hide();
    if (this.input.value.trim() && !slash) this.typing(this.#id);
  }

  #matching(said) {
    return this.#replies.filter(({ code, title }) => code.startsWith(said) || title.includes(said));
  }

  /** Put a chosen text where the caret is, in place of the slash that asked for it. */
  #write(words) {
    const caret = this.input.selectionStart;
    const slash = SLASH.exec(this.input.value.slice(0, caret));
    this.input.setRangeText(words, slash ? caret - slash[1].length - 1 : caret, this.input.selectionEnd, "end");
    this.#keep();
    this.focus();
  }

  #keep() {
    this.unsent.set(this.#id, this.input.value, this.#draftId);
  }

  async #submit(event) {
    event.preventDefault();
    const [id, words, draftId] = [this.#id, this.input.value.trim(), this.#draftId];
    if (!words || this.#sending.has(id)) return;
    this.#sending.add(id);
    this.#ready();
    const sent = await this.send(id, words, draftId);
    this.#sending.delete(id);
    if (sent && this.unsent.get(id).words.trim() === words) this.unsent.set(id, "", null);
    if (id === this.#id) this.open(id);
  }

  #ready() {
    this.button.disabled = this.#sending.has(this.#id);
  }

  #key(event) {
    if (this.choices.key(event)) return;
    const composing = event.isComposing || event.keyCode === 229; // an input method takes this Enter
    if (event.key !== "Enter" || event.shiftKey || event.altKey || composing) return;
    event.preventDefault();
    this.node.requestSubmit();
  }
}

function tool(key, keys, act) {
  return element("button", { class: "link", type: "button", "aria-keyshortcuts": keys, onclick: act }, text(key));
}
