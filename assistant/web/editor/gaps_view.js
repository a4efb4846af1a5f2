/** What citizens asked and were not answered, the most asked first. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { toast } from "../workplace/toast.js";
import { ChangeCard } from "./change_card.js";
import { GapCard } from "./gap_card.js";
import { couldNot, nothing, waiting } from "./parts.js";

const STATES = ["open", "settled", "dismissed"];
const PERIODS = [7, 30, 90];

export class GapsView {
  #gaps = [];
  #changes = [];
  #state = "open";

  constructor(workshop) {
    this.workshop = workshop;
    this.period = element(
      "select",
      { onchange: () => this.#load() },
      PERIODS.map((days) => element("option", { value: days, selected: days === 30 }, text("editor.days", { days }))),
    );
    this.states = STATES.map((state) =>
      element(
        "button",
        { class: "chip", type: "button", "aria-pressed": String(state === "open"), onclick: () => this.#filter(state) },
        text(`editor.gap_${state}`),
      ),
    );
    this.withheld = element("p", { class: "lead" });
    this.list = element("div", { class: "cards" });
    this.node = element(
      "section",
      { class: "page gaps" },
      element("h2", {}, text("editor.gaps")),
      element("p", { class: "lead" }, text("editor.gaps_lead")),
      element(
        "div",
        { class: "filters" },
        element("div", { class: "chips", role: "group", "aria-label": text("editor.gap_filter") }, this.states),
        element("label", { class: "inline" }, text("editor.period_label"), this.period),
      ),
      this.list,
      this.withheld,
    );
  }

  open() {
    return this.#load();
  }

  async #load() {
    this.list.replaceChildren(waiting());
    this.withheld.textContent = "";
    try {
      const { gaps, changes, withheld } = await this.workshop.api.gaps(this.period.value);
      this.#gaps = gaps;
      this.#changes = changes;
      this.withheld.textContent = withheld ? text("editor.withheld", { count: withheld }) : "";
      this.#show();
    } catch (error) {
      this.workshop.failed(error);
      this.list.replaceChildren(couldNot(() => this.#load()));
    }
  }

  #filter(state) {
    this.#state = state;
    this.states.forEach((chip, place) => chip.setAttribute("aria-pressed", String(STATES[place] === state)));
    this.#show();
  }

  #show() {
    this.states.forEach((chip, place) => {
      const count = [...this.#changes, ...this.#gaps].filter(({ state }) => state === STATES[place]).length;
      chip.textContent = `${text(`editor.gap_${STATES[place]}`)} ${count}`;
    });
    const shown = ({ state }) => state === this.#state;
    const { canWrite } = this.workshop;
    const changes = this.#changes
      .filter(shown)
      .map((change) => new ChangeCard(change, canWrite, (...deed) => this.#decideChange(...deed), this.#proposeChange).node);
    const gaps = this.#gaps
      .filter(shown)
      .map((gap) => new GapCard(gap, this.workshop, (...deed) => this.#decide(...deed), this.#propose).node);
    const cards = [...changes, ...gaps];
    this.list.replaceChildren(...(cards.length ? cards : [nothing(`editor.no_gaps_${this.#state}`, "editor.no_gaps_more")]));
  }

  async #decide(gap, state) {
    const done = await this.workshop.act(() => this.workshop.api.decideGap(gap.id, state, this.period.value));
    if (done) this.#decided(gap, state);
  }

  async #decideChange(change, state) {
    const done = await this.workshop.act(() => this.workshop.api.decideChange(change, state));
    if (done) this.#decided(change, state);
  }

  #decided(one, state) {
    one.state = state;
    toast(text(`editor.gap_now_${state}`));
    this.#show();
    this.node.querySelector(".cards .button")?.focus();
  }

  /** Add the way of asking to one's draft, and go there. */
  #propose = async (gap, ask) => {
    const done = await this.workshop.act(() => this.workshop.api.proposeAsk(gap.id, ask, this.period.value));
    if (!done) return;
    toast(text("editor.proposed"));
    location.hash = `#draft/${done.item_id}`;
  };

  /** Put the sentence into one's draft of the guide, and go there. */
  #proposeChange = async (change, edit) => {
    const done = await this.workshop.act(() => this.workshop.api.proposeChange(change, edit));
    if (!done) return;
    toast(done.message ?? text("editor.proposed"));
    location.hash = `#draft/${done.item_id}`;
  };
}
