/** One answer that waits: the question, the answer with its sources, and what to do with it. */
import { confirmation } from "../confirmation.js";
import { element } from "../dom.js";
import { prose } from "../prose.js";
import { text } from "../texts.js";

const SAMPLE = "sample";
const SOON_SECONDS = 120;

export class ApprovalCard {
  /** Whether the reader was in the card when its deed began. */
  hasFocus = false;

  /** `answer` is as the server reads it out; `approve(words)` (null: as it stands) and `refuse()` resolve when done. */
  constructor(answer, { approve, refuse }) {
    this.answer = answer;
    this.approve = approve;
    this.clock = element("p", { class: "age" });
    this.box = element("textarea", { rows: "6", "aria-label": text("approvals.edit_label") });
    this.box.value = answer.text;
    this.words = element("div", { class: "words" }, prose(answer.text));
    this.editor = element("div", { class: "editing", hidden: true }, this.box);
    this.refusal = confirmation("approvals.refuse_", () => this.#busy(refuse));
    this.send = button("approvals.approve", () => this.#busy(() => this.approve(this.isEditing ? this.box.value.trim() : null)), "primary");
    this.edit = button("approvals.edit", () => this.#toggle());
    this.notice = element("p", { class: "overtaken", role: "status" });
    this.deeds = element("footer", { class: "deeds" }, this.send, this.edit, button("approvals.refuse", () => this.refusal.showModal()));
    this.node = element(
      "article",
      {
        class: "panel approval",
        tabindex: "-1",
        "aria-label": answer.item ?? text("approvals.passage"),
        dataset: { approval: answer.approval_id },
      },
      element(
        "header",
        {},
        element("p", { class: "reason" }, answer.item ?? text("approvals.passage"), element("span", {}, answer.reason_label)),
        this.clock,
      ),
      answer.before.length > 0 && before(answer.before),
      element("div", { class: "question" }, element("h3", {}, text("approvals.question")), prose(answer.question)),
      element("div", { class: "answer" }, element("h3", {}, text("approvals.answer")), this.words, this.editor, sources(answer)),
      this.notice,
      this.deeds,
      this.refusal,
    );
    this.age(answer);
  }

  get isEditing() {
    return !this.editor.hidden;
  }

  /** Whether there is work in the card that must not get lost. */
  get isEdited() {
    return this.isEditing && this.box.value.trim() !== this.answer.text.trim();
  }

  /** Show how long it has waited, and how long it still may. */
  age({ waited_seconds: waited, left_seconds: left }) {
    this.clock.textContent = text("approvals.age", { waited: minutes(waited), left: minutes(left) });
    this.clock.classList.toggle("soon", left <= SOON_SECONDS);
  }

  /** Say that the answer waits no longer; what was written stays. */
  overtaken() {
    this.notice.textContent = text("approvals.overtaken");
    this.deeds.hidden = true;
    this.clock.hidden = true;
  }

  #toggle() {
    this.editor.hidden = !this.editor.hidden;
    this.words.hidden = this.isEditing;
    this.edit.textContent = text(this.isEditing ? "approvals.as_it_stood" : "approvals.edit");
    this.send.textContent = text(this.isEditing ? "approvals.send_edited" : "approvals.approve");
    if (this.isEditing) this.box.focus();
  }

  /** Do something; the buttons cannot be pressed meanwhile, and a disabled one loses the focus. */
  async #busy(deed) {
    const buttons = this.deeds.querySelectorAll("button");
    const pressed = document.activeElement;
    this.hasFocus = this.node.contains(pressed);
    for (const one of buttons) one.disabled = true;
    await deed();
    for (const one of buttons) one.disabled = false;
    if (this.hasFocus && this.node.isConnected) pressed.focus();
    this.hasFocus = false;
  }
}

function before(lines) {
  return element(
    "details",
    { class: "before" },
    element("summary", {}, text("approvals.before")),
    lines.map(({ role, text: words }) => element("div", {}, element("b", {}, text(`staff.role_${role}`)), prose(words))),
  );
}

function sources({ citations, notice }) {
  return element(
    "div",
    { class: "origins" },
    element(
      "ul",
      { "aria-label": text("approvals.sources") },
      citations.map(({ item_name: item, field_label: field, source, checked }) =>
        element(
          "li",
          { class: "source" },
          element("b", {}, field),
          element("span", {}, item),
          element("span", {}, source === SAMPLE ? text("drafts.sample_source") : source),
          element("span", {}, checked ? text("drafts.checked", { date: checked }) : text("drafts.unchecked")),
        ),
      ),
    ),
    notice && element("p", { class: "sample" }, notice),
  );
}

function minutes(seconds) {
  return seconds < 60 ? text("staff.just_now") : text("staff.minutes", { count: Math.floor(seconds / 60) });
}

function button(key, act, kind = "") {
  return element("button", { class: `button ${kind}`.trim(), type: "button", onclick: act }, text(key));
}
