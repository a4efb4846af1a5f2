/** Ask why, from when and until when, before a draft goes to a second person. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { banner, button, when } from "./parts.js";

export class SubmitDialog {
  constructor(submit) {
    this.submit = submit;
    this.why = element("textarea", { rows: "3", required: true, maxlength: "500" });
    this.from = element("input", { type: "datetime-local" });
    this.until = element("input", { type: "datetime-local" });
    this.notices = element("div", {});
    this.node = element(
      "dialog",
      { class: "confirm ask submit", "aria-label": text("editor.submit") },
      element(
        "form",
        { method: "dialog", onsubmit: (event) => this.#send(event) },
        element("h2", {}, text("editor.submit_heading")),
        this.notices,
        element("label", {}, text("editor.why"), this.why),
        element(
          "div",
          { class: "pair" },
          element("label", {}, text("editor.effective_from"), this.from, element("small", {}, text("editor.from_hint"))),
          element("label", {}, text("editor.effective_until"), this.until, element("small", {}, text("editor.until_hint"))),
        ),
        element("p", { class: "hint" }, text("editor.beijing")),
        element(
          "div",
          { class: "buttons" },
          button("editor.cancel", () => this.node.close()),
          element("button", { class: "button primary", type: "submit" }, text("editor.submit")),
        ),
      ),
    );
  }

  /** Ask; `ahead` are the approved revisions of the item that are not in force yet. */
  open(ahead) {
    this.notices.replaceChildren(
      ...ahead.map((revision) => banner(text("editor.ahead", { number: revision.number, from: when(revision.effective_from) }))),
    );
    this.node.showModal();
    this.why.focus();
  }

  #send(event) {
    event.preventDefault();
    this.node.close();
    this.submit({ why: this.why.value.trim(), effective_from: this.from.value || null, effective_until: this.until.value || null });
  }
}
