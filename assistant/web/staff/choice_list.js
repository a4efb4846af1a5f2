/** A list to choose from beside a text field, which keeps the focus: arrows move, Enter or Tab takes, Escape leaves. */
import { element } from "../dom.js";

let lists = 0;

export class ChoiceList {
  #entries = [];
  #active = 0;

  /** `field` is the text field; `choose(entry)` hears the one taken; `row(entry)` returns what a row shows. */
  constructor(field, label, { choose, row }) {
    this.field = field;
    this.choose = choose;
    this.row = row;
    this.id = `choices-${(lists += 1)}`;
    this.node = element("ul", { class: "choice-list", role: "listbox", id: this.id, "aria-label": label, hidden: true });
    this.node.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    field.setAttribute("aria-controls", this.id);
    field.setAttribute("aria-haspopup", "listbox");
    field.addEventListener("blur", () => this.hide());
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** Offer entries; none hides the list. */
  show(entries) {
    this.#entries = entries;
    this.node.hidden = entries.length === 0;
    this.node.replaceChildren(
      ...entries.map((entry, place) =>
        element(
          "li",
          { role: "option", id: `${this.id}-${place}`, onclick: () => this.#take(place) },
          this.row(entry),
        ),
      ),
    );
    this.#expanded();
    if (this.isOpen) this.#activate(0);
  }

  hide() {
    this.show([]);
  }

  /** Take a key of the field; return whether it was one of the list's. */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) this.#activate(this.#active + moves[event.key]);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) this.#take(this.#active);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #take(place) {
    const entry = this.#entries[place];
    this.hide();
    this.choose(entry);
  }

  #activate(place) {
    const rows = this.node.children;
    this.#active = (place + rows.length) % rows.length;
    for (const [number, row] of [...rows].entries()) row.setAttribute("aria-selected", String(number === this.#active));
    rows[this.#active].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", rows[this.#active].id);
  }

  #expanded() {
    if (this.field.getAttribute("role") === "combobox") this.field.setAttribute("aria-expanded", String(this.isOpen));
    if (!this.isOpen) this.field.removeAttribute("aria-activedescendant");
  }
}
