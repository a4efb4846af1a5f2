/** Edit a draft: the form or its YAML, what is wrong, a preview, and submitting it. It is saved while one writes. */
import { confirmation } from "../confirmation.js";
import { element } from "../dom.js";
import { Refused } from "../signed_in_api.js";
import { toast } from "../workplace/toast.js";
import { text } from "../texts.js";
import { titled } from "../titles.js";
import { DraftForm } from "./draft_form.js";
import { DraftSaver } from "./draft_saver.js";
import { banner, button, couldNot, waiting } from "./parts.js";
import { PreviewPane } from "./preview_pane.js";
import { SubmitDialog } from "./submit_dialog.js";
import { YamlPane } from "./yaml_pane.js";

export class DraftView {
  #draft = null;
  #shown = "form";

  constructor(workshop) {
    this.workshop = workshop;
    this.node = element("section", { class: "page draft" }, waiting());
  }

  async open(itemId) {
    this.itemId = itemId;
    try {
      const [found, choices] = await Promise.all([this.workshop.api.item(itemId), this.workshop.api.choices()]);
      this.choices = choices;
      this.found = found;
      this.#begin(found.mine ?? (await this.workshop.api.begin(itemId)));
    } catch (error) {
      this.workshop.failed(error);
      this.node.replaceChildren(couldNot(() => this.open(itemId)));
    }
  }

  /** Save what is not saved yet; called when another view takes the place. */
  leave() {
    removeEventListener("beforeunload", this.#unload);
    return this.saver?.flush();
  }

  #begin(draft) {
    if (!draft.editable) {
      location.replace(`#revision/${draft.id}`);
      return;
    }
    this.saved = element("span", { class: "saved", role: "status" });
    this.saver = new DraftSaver(this.workshop.api, draft, {
      saved: (kept) => this.#took(kept),
      state: (key, fields) => {
        this.saved.textContent = text(key, fields);
      },
      refused: (error) => this.#refused(error),
    });
    addEventListener("beforeunload", this.#unload);
    this.notices = element("div", { class: "notices" });
    this.problems = element("div", { class: "problems", "aria-live": "polite" });
    this.pane = element("div", { class: "pane" });
    this.preview = new PreviewPane(this.workshop);
    this.dialog = new SubmitDialog((request) => this.#submit(request));
    this.discarding = confirmation("editor.discard_", () => this.#discard());
    this.tabs = ["form", "yaml", "preview"].map((name) =>
      element("button", { class: "chip", type: "button", dataset: { name }, onclick: () => this.#choose(name) }, text(`editor.pane_${name}`)),
    );
    this.node.replaceChildren(
      element("a", { class: "up", href: `#item/${this.itemId}` }, this.found.item.name),
      element(
        "header",
        { class: "draft-head" },
        element("h2", {}, text("editor.draft_of", { name: titled(this.found.item.name) })),
        this.saved,
      ),
      this.notices,
      element("div", { class: "chips sticky", role: "group", "aria-label": text("editor.panes") }, this.tabs),
      this.problems,
      this.pane,
      element(
        "footer",
        { class: "draft-foot" },
        button("editor.discard", () => this.discarding.showModal()),
        button("editor.submit", () => this.#ask(), "primary"),
      ),
      this.dialog.node,
      this.discarding,
    );
    this.#fill(draft.broken ? "yaml" : "form", draft);
  }

  /** Take in what the server kept: its version, and what is wrong with it. */
  #took(kept) {
    this.#draft = kept;
    this.form?.showProblems(kept.problems);
    const strays = kept.problems.filter(({ element: place }) => !(this.#shown === "form" && this.form?.holds(place)));
    this.problems.replaceChildren(...strays.map(({ level, text: words, element: place }) => element("p", { class: level }, place && element("code", {}, place), words)));
    this.#notice();
  }

  #notice() {
    const { overtaken, remark, state } = this.#draft;
    this.notices.replaceChildren(
      ...[
        state === "returned" && banner(text("editor.returned", { remark })),
        overtaken && banner(text("editor.overtaken"), "urgent", button("editor.rebase", () => this.#rebase())),
        ...this.found.others.map(({ author }) => banner(text("editor.other_draft", { author, at: "" }))),
      ].filter(Boolean),
    );
  }

  async #choose(name) {
    if (name === this.#shown) return;
    await this.saver.flush();
    if (name === "form" && this.#draft.broken) {
      toast(text("editor.yaml_first"));
      return;
    }
    this.#fill(name);
  }

  #fill(name, draft = this.#draft) {
    this.#draft = draft;
    this.#shown = name;
    this.form = null;
    this.yaml = null;
    for (const tab of this.tabs) tab.setAttribute("aria-pressed", String(tab.dataset.name === name));
    if (name === "form") {
      this.form = new DraftForm(this.#draft, this.choices, (content) => this.saver.change(content));
      this.pane.replaceChildren(this.form.node);
    } else if (name === "yaml") {
      this.yaml = new YamlPane(this.#draft, (content) => this.saver.change(content));
      this.pane.replaceChildren(this.yaml.node);
    } else {
      this.pane.replaceChildren(this.preview.node);
      this.preview.open(this.#draft.id);
    }
    this.#took(this.#draft);
  }

  /** The draft was saved in another window: ask which of the two is wanted. */
  #refused(error) {
    if (error instanceof Refused && error.code === "draft_changed") {
      this.notices.replaceChildren(
        banner(error.message, "urgent", button("editor.take_theirs", () => this.open(this.itemId)), button("editor.keep_mine", () => this.#keepMine())),
      );
    } else {
      this.workshop.failed(error);
    }
  }

  async #keepMine() {
    const theirs = await this.workshop.act(() => this.workshop.api.revision(this.#draft.id));
    if (theirs) this.saver.overwrite(theirs.version);
  }

  async #rebase() {
    await this.saver.flush();
    const merged = await this.workshop.act(() => this.workshop.api.step(this.#draft.id, "rebase"));
    if (!merged) return;
    this.saver.take(merged);
    this.#fill(this.#shown, merged);
    toast(merged.contested.length ? text("editor.contested", { elements: merged.contested.join(", ") }) : text("editor.rebased"));
  }

  async #ask() {
    await this.saver.flush();
    const first = this.#draft.problems.find(({ level }) => level === "error");
    if (first) {
      toast(text("editor.mend_first"));
      if (this.#shown !== "form" || !this.form.focus(first.element)) this.problems.scrollIntoView({ block: "center" });
      return;
    }
    this.dialog.open(this.found.ahead);
  }

  async #submit(request) {
    const kept = await this.workshop.act(() => this.workshop.api.step(this.#draft.id, "submit", request));
    if (!kept) return;
    toast(text("editor.submitted"));
    location.hash = `#revision/${kept.id}`;
  }

  async #discard() {
    this.saver.drop();
    if (await this.workshop.act(() => this.workshop.api.step(this.#draft.id, "discard"))) location.hash = `#item/${this.itemId}`;
  }

  #unload = (event) => {
    if (this.saver?.unsaved) event.preventDefault();
  };
}
