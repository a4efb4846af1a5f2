/** The guide as YAML, for what the form does not show; the ways of asking stay in the form. */
import { element } from "../dom.js";
import { text } from "../texts.js";

export class YamlPane {
  constructor({ yaml, asks }, changed) {
    this.area = element("textarea", {
      class: "yaml",
      rows: "30",
      spellcheck: "false",
      "aria-label": text("editor.pane_yaml"),
      oninput: () => changed({ text: this.area.value, asks }),
    });
    this.area.value = yaml;
    this.node = element("div", {}, element("p", { class: "hint" }, text("editor.yaml_hint")), this.area);
  }
}
