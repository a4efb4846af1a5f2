/** One follow-up: the rating and what it is about, what was done, and the ways on. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { Transcript } from "../staff/transcript.js";
import { particulars } from "../staff/folded_list.js";
import { text } from "../texts.js";
import { prose } from "../prose.js";
import { clock } from "../time.js";
import { toast } from "../workplace/toast.js";
import { closeForm, noteForm } from "./forms.js";
import { dueWords, levelPill } from "./words.js";

export class FollowUpView {
  #followUp = null;
  #parts = null;
  /** who may be given one: [{id, name}] */
  supervisors = [];

  /** `act(deed)` runs a deed on the server and returns its answer or null. */
  constructor({ api, account, act }) {
    this.api = api;
    this.account = account;
    this.act = act;
    this.nothing = element(
      "div",
      { class: "nothing" },
      element("p", {}, element("strong", {}, text("follow_ups.nothing_open"))),
      element("p", {}, text("follow_ups.nothing_open_more")),
    );
    this.node = element("main", { class: "follow-up" }, this.nothing);
  }

  /** Show a follow-up. */
  open(followUp) {
    this.#parts = {
      header: element("header"),
      standing: element("div", { class: "standing" }),
      log: element("ol", { class: "deeds-log" }),
      ways: element("div", { class: "ways" }),
      result: element("section", { class: "panel result", hidden: true }),
    };
    const { header, standing, log, ways, result } = this.#parts;
    const heading = element("h2", { tabindex: "-1" }, levelPill(followUp.level, followUp.level_label), followUp.service);
    header.append(
      element("a", { class: "back", href: "#", "aria-label": text("staff.back") }, icon("back")),
      heading,
      standing,
    );
    ways.append(
      noteForm({
        keep: (words, tell) => this.#do(() => this.api.note(this.#id, words, tell), tell ? "told" : "noted"),
        contacted: () => this.#do(() => this.api.contacted(this.#id), "contact_noted"),
        reachable: followUp.conversation_kept,
      }),
      closeForm(async (ending) => {
        if (await this.#do(() => this.api.close(this.#id, ending), "closed")) heading.focus(); // the form is gone
      }),
    );
    this.node.replaceChildren(
      element(
        "article",
        {},
        header,
        this.#rating(followUp),
        result,
        element("section", { class: "panel" }, element("h3", {}, text("follow_ups.deeds")), log),
        ways,
      ),
    );
    this.node.scrollTop = 0;
    this.#show(followUp);
    heading.focus({ preventScroll: true });
  }

  clear() {
    this.#followUp = null;
    this.node.replaceChildren(this.nothing);
  }

  get #id() {
    return this.#followUp.follow_up_id;
  }

  /** Do something and show what came of it; return whether it worked. */
  async #do(deed, said) {
    const followUp = await this.act(deed);
    if (followUp === null) return false;
    toast(text(`follow_ups.${said}`));
    if (this.#followUp?.follow_up_id === followUp.follow_up_id) this.#show(followUp);
    return true;
  }

  #show(followUp) {
    this.#followUp = followUp;
    const done = followUp.standing === "done";
    const { standing, log, ways, result } = this.#parts;
    standing.className = `standing ${followUp.standing}`;
    standing.replaceChildren(element("span", { class: "due" }, dueWords(followUp)), this.#assignee(followUp, done) ?? "");
    log.replaceChildren(...deeds(followUp));
    ways.hidden = done;
    ways.querySelector(".contacted").hidden = followUp.state !== "open";
    result.hidden = !done;
    if (done) result.replaceChildren(...ending(followUp));
  }

  #rating(followUp) {
    const given = particulars({
      "follow_ups.item": followUp.item,
      "follow_ups.staff": followUp.rated_staff,
      "follow_ups.rated_at": clock(followUp.rated_at, Date.now()),
      "follow_ups.reasons": followUp.reasons.join(text("follow_ups.and")),
    });
    const comment = element("blockquote", { hidden: !followUp.comment }, prose(followUp.comment));
    return element(
      "section",
      { class: "panel given" },
      element("h3", {}, text("follow_ups.rating")),
      given,
      comment,
      this.#looks(followUp, comment),
    );
  }

  /** Return the ways to look closer, each of which is audited. */
  #looks(followUp, comment) {
    const place = element("div", { class: "looked-at" });
    const read = look("follow_ups.read_transcript", async () => {
      const lines = await this.act(() => this.api.transcript(followUp.follow_up_id));
      if (lines === null) return null;
      const transcript = new Transcript();
      place.append(transcript.node);
      transcript.show(lines);
      return transcript.node;
    });
    const call = look("follow_ups.read_contact", async () => {
      const contact = await this.act(() => this.api.contact(followUp.follow_up_id));
      if (contact === null) return null;
      if (contact.comment) comment.replaceChildren(prose(contact.comment));
      const phone = element("p", { class: "phone", tabindex: "-1" }, icon("phone"), contact.phone ?? text("follow_ups.no_phone"));
      place.prepend(phone);
      return phone;
    });
    const kept = followUp.conversation_kept;
    return element(
      "div",
      {},
      element("p", { class: "looks" }, kept && read, call, element("small", {}, text(kept ? "follow_ups.audited" : "follow_ups.conversation_gone"))),
      place,
    );
  }

  #assignee(followUp, done) {
    if (done) return followUp.assigned_name && element("span", {}, text("follow_ups.handled_by", { name: followUp.assigned_name }));
    const select = element(
      "select",
      {},
      [{ id: "", name: text("follow_ups.nobody") }, ...this.supervisors].map(({ id, name }) =>
        element("option", { value: id, selected: id === (followUp.assigned_to ?? "") }, name),
      ),
    );
    select.onchange = async () => {
      const kept = await this.#do(() => this.api.assign(this.#id, select.value || null), "assigned");
      if (!kept) select.value = this.#followUp.assigned_to ?? "";
    };
    return element("label", {}, text("follow_ups.assigned_to"), select);
  }
}

/** Return a button that is pressed once; `act()` resolves to what it showed, which takes the focus, or null. */
function look(key, act) {
  const button = element("button", { class: "button", type: "button" }, text(key));
  button.onclick = async () => {
    button.disabled = true;
    const shown = await act();
    button.disabled = shown !== null;
    (shown ?? button).focus();
  };
  return button;
}

/** Return what was done, oldest first. */
function deeds({ opened_at: opened, contacted_at: contacted, closed_at: closed, closed_by: closer, notes }) {
  const steps = [
    { at: opened, words: text("follow_ups.step_opened") },
    ...notes.map(({ by, text: words, told, at }) => ({ at, by, words, told })),
    contacted && { at: contacted, words: text("follow_ups.step_contacted") },
    closed && { at: closed, by: closer, words: text("follow_ups.step_closed") },
  ].filter(Boolean);
  steps.sort((one, other) => one.at.localeCompare(other.at));
  return steps.map(({ at, by, words, told }) =>
    element(
      "li",
      {},
      element("time", { datetime: at }, clock(at, Date.now())),
      element("div", {}, by && element("b", {}, by), prose(words), told && element("small", {}, text("follow_ups.was_told"))),
    ),
  );
}

function ending({ outcome, findings, agrees, second }) {
  const agreement = agrees === null ? "unknown" : agrees ? "yes" : "no";
  return [
    element("h3", {}, text("follow_ups.result")),
    particulars({
      "follow_ups.outcome": text(`follow_ups.outcome_${outcome}`),
      "follow_ups.agrees": outcome === "changed" ? "" : text(`follow_ups.agrees_${agreement}`),
      "follow_ups.second": second?.label ?? text("follow_ups.second_none"),
    }),
    prose(findings),
  ];
}
