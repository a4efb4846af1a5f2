/** The open application: what was applied for, what was checked, what became of it, and what may be done now. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../texts.js";
import { toast } from "../workplace/toast.js";
import { documentAddress } from "./api.js";
import { checkList, fieldTable, handingNote, historyList, supplementList, timeList } from "./application_parts.js";
import { button, section, stateMark } from "./parts.js";
import { stepDialog } from "./step_dialog.js";

export class ApplicationView {
  #receipt = null;

  /** `changed()` hears that a step was taken, `back()` returns to the list where only one of both is shown. */
  constructor(workplace, changed, back) {
    this.workplace = workplace;
    this.api = workplace.api;
    this.changed = changed;
    this.back = back;
    this.node = element("main", { class: "application" });
    this.#nothing();
  }

  /** Open an application; reading it is written to the audit trail. Null closes the one that is open. */
  async open(receipt) {
    this.#receipt = receipt;
    if (receipt === null) {
      this.#nothing();
      return;
    }
    this.node.replaceChildren(element("p", { class: "nothing", role: "status" }, text("workplace.loading")));
    await this.#read(true);
  }

  async #read(focus = false) {
    const receipt = this.#receipt;
    const application = await this.workplace.act(() => this.api.application(receipt));
    if (receipt !== this.#receipt) return;
    if (application) this.#show(application, focus);
    else this.#nothing("office.could_not");
  }

  #show(application, focus = false) {
    const { receipt_number: receipt, documents } = application;
    const unmask = (field) => this.workplace.act(() => this.api.unmask(receipt, field));
    const heading = element("h2", { tabindex: "-1" }, application.item.name);
    const backButton = element("button", { class: "back", type: "button", "aria-label": text("office.back"), onclick: this.back }, icon("back"));
    this.node.replaceChildren(
      element(
        "header",
        { class: "opened-head" },
        backButton,
        element("div", { class: "heading" }, heading, element("p", { class: "number" }, receipt, stateMark(application))),
        element("div", { class: "deeds" }, application.steps.map((step, place) => this.#stepButton(application, step, place))),
        application.turn && element("p", { class: "turn" }, icon("person"), application.turn),
      ),
      element(
        "div",
        { class: "body", tabindex: "0", role: "region", "aria-label": text("office.content") },
        element(
          "div",
          { class: "columns" },
          element(
            "div",
            { class: "main" },
            section("office.form", fieldTable(application.fields, application.applicant, unmask)),
            application.supplements.length > 0 && section("office.supplements", supplementList(application.supplements, unmask)),
            documents.length > 0 && section("office.documents", documentList(receipt, documents)),
          ),
          element(
            "div",
            { class: "aside" },
            section("office.time", timeList(application)),
            application.handing && section("office.handing", handingNote(application)),
            application.checks.length > 0 && section("office.checks", checkList(application.checks)),
            section("office.history", historyList(application.history)),
          ),
        ),
      ),
    );
    if (focus) heading.focus({ preventScroll: true });
  }

  #stepButton(application, step, place) {
    return button(`office.step_${step}`, () => this.#decide(application, step), place === 0 ? "primary" : "");
  }

  #decide(application, step) {
    const dialog = stepDialog(application, step, {
      take: (more) => this.api.take(application.receipt_number, step, application.version, more),
      taken: (then) => {
        this.#show(then, true);
        toast(text(`office.taken_${step}`));
        this.changed();
      },
      moved: (words) => {
        toast(words);
        this.#read(true);
        this.changed();
      },
      failed: (error) => this.workplace.failed(error),
    });
    this.node.append(dialog);
    dialog.showModal();
  }

  #nothing(key = "office.nothing_open") {
    this.node.replaceChildren(
      element("div", { class: "nothing" }, element("p", {}, element("strong", {}, text(key))), element("p", {}, text(`${key}_more`))),
    );
  }
}

function documentList(receipt, documents) {
  return element(
    "ul",
    { class: "documents" },
    documents.map((file) =>
      element(
        "li",
        {},
        element("a", { class: "button", href: documentAddress(receipt, file), download: file.name }, icon("download"), file.name),
      ),
    ),
  );
}
