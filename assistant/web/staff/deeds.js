/** What ends a clerk's part in a conversation: giving it to somebody else, back to the assistant, or ending it. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { CloseQuestion, HandBackQuestion, TransferQuestion } from "./dialogs.js";

export class Deeds {
  #id = null;
  #item = null;
  #outcomes = [];

  /** `act(deed)` runs a deed on the server; `leave(deed)` too, and leaves the conversation when it worked. */
  constructor({ api, act, leave }) {
    this.api = api;
    this.act = act;
    this.leave = leave;
    this.handBackQuestion = new HandBackQuestion((words) => act(() => api.items(words)));
    this.closeQuestion = new CloseQuestion();
    this.transferQuestion = new TransferQuestion();
    this.node = element(
      "div",
      { class: "deeds" },
      button("staff.transfer", "Alt+G", () => this.transfer()),
      button("staff.hand_back", "Alt+B", () => this.handBack()),
      button("staff.close", "Alt+X", () => this.close()),
    );
    this.dialogs = [this.handBackQuestion.node, this.closeQuestion.node, this.transferQuestion.node];
  }

  /** The outcomes that a conversation may be closed with: [{key, label}]. */
  set outcomes(outcomes) {
    this.#outcomes = outcomes;
  }

  /** Turn to a conversation; null where nothing can be done with it. */
  set id(id) {
    this.#id = id;
    this.node.hidden = id === null;
  }

  /** The item in focus, or null. */
  set item(item) {
    this.#item = item;
  }

  handBack() {
    this.#ask((id) => {
      this.handBackQuestion.open(this.#item, (back) => this.leave(() => this.api.handBack(id, back), "staff.handed_back"));
    });
  }

  close() {
    this.#ask((id) => {
      this.closeQuestion.open(this.#outcomes, (end) => this.leave(() => this.api.close(id, end), "staff.closed"));
    });
  }

  async transfer() {
    const id = this.#id;
    const targets = id && (await this.act(() => this.api.colleagues()));
    if (!targets || id !== this.#id) return;
    this.transferQuestion.open(targets, (to) => this.leave(() => this.api.transfer(id, to), "staff.transferred"));
  }

  #ask(question) {
    if (this.#id) question(this.#id);
  }
}

function button(key, keys, act) {
  return element("button", { class: "button", type: "button", "aria-keyshortcuts": keys, onclick: act }, text(key));
}
