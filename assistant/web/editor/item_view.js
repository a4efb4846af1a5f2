/** An item: what is in force, who works on it, and its history. */
import { confirmation } from "../confirmation.js";
import { element } from "../dom.js";
import { text } from "../texts.js";
import { banner, button, couldNot, link, mark, period, waiting, when } from "./parts.js";

export class ItemView {
  constructor(workshop) {
    this.workshop = workshop;
    this.node = element("section", { class: "page" }, waiting());
  }

  async open(itemId) {
    this.itemId = itemId;
    try {
      this.#show(await this.workshop.api.item(itemId));
    } catch (error) {
      this.workshop.failed(error);
      this.node.replaceChildren(couldNot(() => this.open(itemId)));
    }
  }

  #show(found) {
    const { item, in_force: inForce } = found;
    const asks = Object.values(found.asks).reduce((sum, sentences) => sum + sentences.length, 0);
    this.node.replaceChildren(
      element("a", { class: "up", href: "#items" }, text("editor.all_items")),
      element("h2", {}, item.name),
      element("p", { class: "lead" }, `${item.theme} · ${item.department} · ${found.file}`),
      ...this.#banners(found),
      element(
        "div",
        { class: "panel card standing" },
        element(
          "p",
          {},
          inForce ? mark("in_time") : mark("file"),
          inForce ? text("editor.in_force", { number: inForce.number, author: inForce.author, decider: inForce.decider }) : text("editor.from_file"),
        ),
        inForce && element("p", { class: "lead" }, period(inForce)),
        element("p", { class: "summary" }, found.guide.summary),
        element("p", { class: "lead" }, text("editor.holds", { materials: found.guide.materials.length, steps: found.guide.steps.length, asks })),
        this.workshop.canWrite && element("footer", { class: "deeds" }, this.#deeds(found)),
      ),
      element("h3", {}, text("editor.history")),
      found.history.length
        ? element("ol", { class: "history" }, found.history.map((revision) => this.#line(revision, found)))
        : element("p", { class: "lead" }, text("editor.no_history")),
    );
  }

  #banners({ others, ahead, file_changed: fileChanged }) {
    return [
      ...others.map(({ author, updated_at: at, state }) => banner(text(`editor.other_${state}`, { author, at: when(at) }))),
      ...ahead.map((revision) => banner(text("editor.ahead", { number: revision.number, from: when(revision.effective_from) }))),
      fileChanged && banner(text("editor.file_changed"), "urgent"),
    ].filter(Boolean);
  }

  #deeds({ mine, in_force: inForce }) {
    if (mine?.state === "submitted") return link("editor.see_submitted", `#revision/${mine.id}`, "primary");
    if (mine) return link("editor.go_on", `#draft/${this.itemId}`, "primary");
    return [
      link("editor.edit", `#draft/${this.itemId}`, "primary"),
      inForce && button("editor.restore_file", () => this.#restore(null)),
    ];
  }

  #line(revision, { mine }) {
    const restorable = this.workshop.canWrite && !mine && revision.state === "approved" && revision.standing !== "ahead";
    return element(
      "li",
      {},
      element(
        "p",
        {},
        element("b", {}, text("editor.number", { number: revision.number })),
        mark(revision.standing),
        element("span", { class: "by" }, text("editor.written_by", { author: revision.author, at: when(revision.updated_at) })),
        revision.decider && element("span", { class: "by" }, text(`editor.decided_${revision.state}`, { decider: revision.decider, at: when(revision.decided_at) })),
      ),
      revision.why && element("p", {}, revision.why),
      revision.remark && element("p", { class: "remark" }, text("editor.remark", { remark: revision.remark })),
      revision.state === "approved" && element("p", { class: "lead" }, period(revision)),
      element(
        "div",
        { class: "deeds" },
        link("editor.look", `#revision/${revision.id}`),
        restorable && button("editor.restore", () => this.#restore(revision.id)),
      ),
    );
  }

  #restore(revision) {
    const dialog = confirmation("editor.restore_", async () => {
      if (await this.workshop.act(() => this.workshop.api.restore(this.itemId, revision))) location.hash = `#draft/${this.itemId}`;
    });
    dialog.addEventListener("close", () => dialog.remove());
    this.node.append(dialog);
    dialog.showModal();
  }
}
