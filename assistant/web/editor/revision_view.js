/** One revision: what it changes, how it would answer, and the decision of a second person. */
import { element } from "../dom.js";
import { toast } from "../workplace/toast.js";
import { text } from "../texts.js";
import { titled } from "../titles.js";
import { diffList } from "./diff.js";
import { banner, button, couldNot, mark, period, waiting, when } from "./parts.js";
import { PreviewPane } from "./preview_pane.js";

export class RevisionView {
  constructor(workshop) {
    this.workshop = workshop;
    this.node = element("section", { class: "page revision" }, waiting());
  }

  async open(id) {
    this.id = id;
    try {
      this.#show(await this.workshop.api.revision(id));
    } catch (error) {
      this.workshop.failed(error);
      this.node.replaceChildren(couldNot(() => this.open(id)));
    }
  }

  #show(revision) {
    const submitted = revision.state === "submitted";
    const mine = revision.author_id === this.workshop.account.id;
    this.pane = element("div", { class: "pane" });
    this.panes = {
      // Against the base it says what its author changed; what is in force now may have gone on since.
      change: () => diffList(revision.differs_from_base),
      now: () => diffList(revision.differs_from_now),
      preview: () => this.#preview(),
    };
    this.tabs = Object.keys(this.panes).map((name) =>
      element("button", { class: "chip", type: "button", dataset: { name }, onclick: () => this.#choose(name) }, text(`editor.pane_${name}`)),
    );
    const errors = revision.problems.filter(({ level }) => level === "error");
    this.node.replaceChildren(
      element("a", { class: "up", href: `#item/${revision.item_id}` }, revision.name),
      element(
        "header",
        { class: "draft-head" },
        element("h2", {}, text("editor.revision_of", { name: titled(revision.name), number: revision.number })),
        mark(revision.standing),
      ),
      element(
        "dl",
        { class: "particulars" },
        Object.entries({
          "editor.why": revision.why,
          "editor.author": `${revision.author}　${when(revision.submitted_at ?? revision.updated_at)}`,
          "editor.decider": revision.decider && `${revision.decider}　${when(revision.decided_at)}`,
          "editor.holds_from": period(revision),
        })
          .filter(([, value]) => value)
          .map(([key, value]) => element("div", {}, element("dt", {}, text(key)), element("dd", {}, value))),
      ),
      ...[
        submitted && revision.overtaken && banner(text(mine ? "editor.overtaken_mine" : "editor.overtaken_review"), "urgent"),
        submitted && errors.length > 0 && banner(errors.map(({ text: words }) => words).join(" "), "urgent"),
        submitted && mine && banner(text("editor.four_eyes")),
      ].filter(Boolean),
      element("div", { class: "chips sticky", role: "group", "aria-label": text("editor.panes") }, this.tabs),
      this.pane,
      submitted && (mine ? this.#withdrawing() : this.#deciding(revision, errors)),
    );
    this.#choose("change");
  }

  #choose(name) {
    for (const tab of this.tabs) tab.setAttribute("aria-pressed", String(tab.dataset.name === name));
    this.pane.replaceChildren(this.panes[name]());
  }

  #preview() {
    const preview = new PreviewPane(this.workshop);
    preview.open(this.id);
    return preview.node;
  }

  #withdrawing() {
    return element("footer", { class: "draft-foot" }, this.workshop.canWrite && button("editor.withdraw", () => this.#withdraw()));
  }

  #deciding({ overtaken }, errors) {
    this.remark = element("textarea", { rows: "2", maxlength: "500" });
    const approve = button("editor.approve", () => this.#decide("approve", {}, "editor.approved"), "primary");
    approve.disabled = overtaken || errors.length > 0;
    return element(
      "footer",
      { class: "draft-foot deciding" },
      element("label", {}, text("editor.remark_label"), this.remark),
      button("editor.return", () => this.#decide("return", { remark: this.remark.value.trim() }, "editor.given_back")),
      approve,
    );
  }

  async #decide(step, body, said) {
    const done = await this.workshop.act(() => this.workshop.api.step(this.id, step, body));
    if (!done) {
      if (step === "return") this.remark.focus();
      return;
    }
    toast(text(said));
    this.workshop.lookAround();
    location.hash = "#reviews";
  }

  async #withdraw() {
    const draft = await this.workshop.act(() => this.workshop.api.step(this.id, "withdraw"));
    if (draft) location.hash = `#draft/${draft.item_id}`;
  }
}
