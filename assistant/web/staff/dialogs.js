/** What is asked before a conversation is given away or ended. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { ItemPicker } from "./item_picker.js";

const LONGEST_NOTE = "500";

/** A dialog with a form: `node`; `open()` shows it, and `done(answer)` hears the answer when it is sent. */
class Question {
  constructor(name, ...content) {
    this.problem = element("p", { class: "problem", role: "alert" });
    this.node = element(
      "dialog",
      { class: `confirm ask ${name}`, "aria-label": text(`staff.${name}_heading`) },
      element(
        "form",
        { novalidate: true, onsubmit: (event) => this.#send(event) },
        element("h2", {}, text(`staff.${name}_heading`)),
        element("p", {}, text(`staff.${name}_body`)),
        ...content,
        this.problem,
        element(
          "div",
          { class: "buttons" },
          element("button", { class: "button", type: "button", onclick: () => this.node.close() }, text("staff.cancel")),
          element("button", { class: "button primary", type: "submit" }, text(`staff.${name}_confirm`)),
        ),
      ),
    );
  }

  /** Show the dialog; `done(answer)` hears what was answered. */
  show(done) {
    this.done = done;
    this.problem.textContent = "";
    this.node.showModal();
  }

  #send(event) {
    event.preventDefault();
    const { answer, problem } = this.answer();
    this.problem.textContent = problem ?? "";
    if (problem) return;
    this.node.close();
    this.done(answer);
  }
}

/** Give it back to the assistant: a note for the citizen, and the item to go on from. */
export class HandBackQuestion extends Question {
  constructor(findItems) {
    const note = noteField("staff.hand_back_note");
    const picker = new ItemPicker(findItems);
    super("hand_back", note.label, picker.node);
    Object.assign(this, { note, picker });
  }

  /** Ask; `item` is the one in focus. */
  open(item, done) {
    this.note.input.value = "";
    this.picker.set(item);
    this.show(done);
    this.note.input.focus();
  }

  answer() {
    if (!this.picker.isSettled) return { problem: text("staff.item_unknown") };
    const [note, item] = [this.note.input.value.trim(), this.picker.itemId];
    return { answer: { ...(note && { note }), ...(item && { item }) } };
  }
}

/** End it: how it came out. */
export class CloseQuestion extends Question {
  constructor() {
    const outcomes = element("fieldset", {});
    const note = noteField("staff.close_note");
    super("close", outcomes, note.label);
    Object.assign(this, { outcomes, note });
  }

  /** Ask; `outcomes` are [{key, label}]. */
  open(outcomes, done) {
    this.note.input.value = "";
    this.outcomes.replaceChildren(
      element("legend", {}, text("staff.close_outcome")),
      ...outcomes.map(({ key, label }) => radio("outcome", key, label)),
    );
    this.show(done);
    this.outcomes.querySelector("input")?.focus();
  }

  answer() {
    const outcome = chosen(this.outcomes);
    const note = this.note.input.value.trim();
    if (!outcome) return { problem: text("staff.close_choose") };
    return { answer: { outcome: outcome.value, ...(note && { note }) } };
  }
}

/** Give it to a colleague or a department. */
export class TransferQuestion extends Question {
  constructor() {
    const targets = element("div", { class: "targets" });
    const note = noteField("staff.transfer_note");
    super("transfer", targets, note.label);
    Object.assign(this, { targets, note });
  }

  /** Ask; `targets` are {colleagues, departments}. */
  open({ colleagues, departments }, done) {
    this.note.input.value = "";
    this.targets.replaceChildren(
      element(
        "fieldset",
        {},
        element("legend", {}, text("staff.transfer_colleagues")),
        colleagues.length === 0 && element("p", { class: "hint" }, text("staff.transfer_nobody")),
        colleagues.map(({ id, name, department }) => radio("target", `to:${id}`, name, department)),
      ),
      element(
        "fieldset",
        {},
        element("legend", {}, text("staff.transfer_departments")),
        departments.map(({ key, label, present }) =>
          radio("target", `department:${key}`, label, present ? text("staff.transfer_present", { count: present }) : null),
        ),
      ),
    );
    this.show(done);
    this.targets.querySelector("input")?.focus();
  }

  answer() {
    const target = chosen(this.targets)?.value;
    const note = this.note.input.value.trim();
    if (!target) return { problem: text("staff.transfer_choose") };
    const place = target.indexOf(":");
    return { answer: { [target.slice(0, place)]: target.slice(place + 1), ...(note && { note }) } };
  }
}

function noteField(key) {
  const input = element("textarea", { rows: "3", maxlength: LONGEST_NOTE });
  return { input, label: element("label", {}, text(key), input) };
}

function radio(name, value, label, more = null) {
  return element(
    "label",
    { class: "to-tick" },
    element("input", { type: "radio", name, value }),
    element("span", {}, label),
    more && element("small", {}, more),
  );
}

function chosen(fields) {
  return fields.querySelector("input:checked");
}
