/** The card that asks how a service was: five levels, why where one is low, thanks. */
import { adopter } from "../adopt.js";
import { CHINESE, element, offerButton, text } from "../kit.js";
import css from "./rating.css" with { type: "text" };

const adopt = adopter(css);
const SVG = "http://www.w3.org/2000/svg";
const TOO_LATE = 409;

export class RatingCard {
  #level = null;
  #explaining = false;

  /**
   * The card is to be shown within a shadow root. `asked` is the event's payload; `give({level, reasons, comment})`
   * resolves to {thanks}, or rejects.
   */
  constructor(root, asked, give) {
    this.asked = asked;
    this.give = give;
    this.heading = element("h3", { tabindex: "-1" });
    this.body = element("div", {});
    this.problem = element("p", { class: "problem", role: "alert" });
    this.node = element(
      "section",
      { class: "entry card rating", "aria-label": text("rating.card") },
      element("p", { class: "kicker", ...CHINESE }, asked.subject.name),
      this.heading,
      this.body,
      this.problem,
    );
    this.#ask();
    adopt(root);
  }

  /** Show that the rating was given, here or elsewhere; one that is being explained here stays open. */
  settle({ level, thanks }) {
    this.#level = level;
    if (!this.#explaining) this.#show(chinese(thanks), again(() => this.#ask(true)));
  }

  #ask(focus = false) {
    const levels = this.asked.levels.map(({ level, label, asks_why: asksWhy }) =>
      element(
        "button",
        {
          class: "button level",
          ...CHINESE,
          type: "button",
          "aria-pressed": String(level === this.#level),
          onclick: () => this.#rate(level, asksWhy),
        },
        face(level),
        label,
      ),
    );
    this.#show(chinese(this.asked.text), element("div", { class: "levels", role: "group", "aria-label": this.asked.text }, levels), focus);
  }

  async #rate(level, asksWhy) {
    this.#level = level;
    this.#explaining = asksWhy;
    const given = await this.#send({ level });
    if (!given) this.#explaining = false;
    else if (asksWhy) this.#askWhy();
    else this.#thank(given);
  }

  #askWhy() {
    const chosen = new Set();
    const chips = this.asked.reasons.map(({ reason, label }) => {
      const chip = offerButton(label, () => {
        const on = !chosen.delete(reason);
        if (on) chosen.add(reason);
        chip.setAttribute("aria-pressed", String(on));
      }, "chip");
      chip.setAttribute("aria-pressed", "false");
      return chip;
    });
    const comment = element("textarea", { rows: "3", maxlength: this.asked.longest_comment });
    const submit = async (event) => {
      event.preventDefault();
      const given = await this.#send({ level: this.#level, reasons: [...chosen], comment: comment.value });
      if (given) this.#thank(given);
    };
    const form = element(
      "form",
      { onsubmit: submit },
      element("div", { class: "chips", role: "group", "aria-label": text("rating.why") }, chips),
      element("label", {}, text("rating.comment"), comment),
      element("button", { class: "button primary", type: "submit" }, text("rating.submit")),
    );
    this.#show(text("rating.why"), form, true);
  }

  #thank(given) {
    this.#explaining = false;
    this.#show(chinese(given.thanks), again(() => this.#ask(true)), true);
  }

  /** Send what was chosen; return the answer, or null when it did not work and the citizen was told. */
  async #send(rating) {
    this.problem.textContent = "";
    const buttons = this.body.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    try {
      return await this.give({ rating_id: this.asked.rating_id, ...rating });
    } catch (error) {
      this.problem.textContent = text(error.status === TOO_LATE ? "rating.too_late" : "rating.failed");
      return null;
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }

  #show(heading, body, focus = false) {
    this.heading.replaceChildren(heading);
    this.body.replaceChildren(body);
    if (!focus) return;
    this.heading.focus({ preventScroll: true });
    this.node.scrollIntoView({ block: "nearest" });
  }
}

function chinese(words) {
  return element("span", CHINESE, words);
}

function again(act) {
  return element("button", { class: "change", type: "button", onclick: act }, text("rating.change"));
}

/** Return a face that smiles the more the higher the level, 1 to 5. */
function face(level) {
  const drawing = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", `M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9 9.5v1M15 9.5v1M8 ${18 - level}q4 ${(level - 3) * 3} 8 0`);
  for (const [name, value] of [["viewBox", "0 0 24 24"], ["class", "icon"], ["aria-hidden", "true"]]) {
    drawing.setAttribute(name, value);
  }
  drawing.append(line);
  return drawing;
}
