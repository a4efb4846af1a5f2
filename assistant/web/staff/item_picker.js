/** Choose a service item by some words of its name. */
import { element } from "../dom.js";
import { text } from "../texts.js";
import { ChoiceList } from "./choice_list.js";

const WAIT_MS = 150;

export class ItemPicker {
  #item = null;
  #timer = null;
  #asked = 0;

  /** `find(words)` resolves to the items that have them: [{item_id, name, department}]. */
  constructor(find) {
    this.find = find;
    this.input = element("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      placeholder: text("staff.item_placeholder"),
      oninput: () => this.#changed(),
      onkeydown: (event) => this.choices.key(event),
    });
    this.choices = new ChoiceList(this.input, text("staff.item"), {
      choose: (item) => this.set(item),
      row: ({ name, department }) => [element("strong", {}, name), element("span", {}, department)],
    });
    this.node = element(
      "div",
      { class: "item-picker" },
      element("label", {}, text("staff.item"), this.input),
      this.choices.node,
    );
  }

  /** The id of the chosen item; null where the words name none. */
  get itemId() {
    return this.#item?.item_id ?? null;
  }

  /** Choose an item, or none. */
  set(item) {
    this.#item = item;
    this.input.value = item?.name ?? "";
    this.choices.hide();
  }

  /** Tell whether nothing, or an item, stands in the field. */
  get isSettled() {
    return this.#item !== null || this.input.value.trim() === "";
  }

  #changed() {
    this.#item = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), WAIT_MS);
  }

  async #look() {
    const words = this.input.value.trim();
    const asked = (this.#asked += 1);
    const items = words ? ((await this.find(words)) ?? []) : [];
    if (asked === this.#asked && this.#item === null && document.activeElement === this.input) this.choices.show(items);
  }
}
