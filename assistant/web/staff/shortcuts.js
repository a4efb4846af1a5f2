/** The keys of the page, and the dialog that tells them. By place on the keyboard, so that an input method is no hindrance. */
import { element } from "../dom.js";
import { text } from "../texts.js";

const ALT = {
  KeyW: "next_waiting",
  KeyT: "take",
  ArrowDown: "next_mine",
  ArrowUp: "previous_mine",
  KeyR: "reply",
  KeyK: "canned",
  KeyM: "materials",
  KeyG: "transfer",
  KeyB: "hand_back",
  KeyX: "close",
};
const SENDING = [
  ["Enter", "send"],
  ["Shift + Enter", "line"],
  ["/", "slash"],
];

export class Shortcuts {
  /** `deeds` maps each name of ALT to what it does. */
  constructor(deeds) {
    this.deeds = deeds;
    this.node = element(
      "dialog",
      { class: "confirm keys", "aria-label": text("staff.keys_heading") },
      element("h2", {}, text("staff.keys_heading")),
      element(
        "dl",
        {},
        Object.entries(ALT).map(([code, name]) => line(`Alt + ${shown(code)}`, name)),
        SENDING.map(([keys, name]) => line(keys, name)),
        line("?", "help"),
      ),
      element(
        "form",
        { method: "dialog", class: "buttons" },
        element("button", { class: "button primary" }, text("staff.keys_close")),
      ),
    );
    this.button = element(
      "button",
      { class: "tool", type: "button", "aria-keyshortcuts": "?", onclick: () => this.node.showModal() },
      element("kbd", {}, "?"),
      text("staff.keys"),
    );
  }

  open() {
    document.addEventListener("keydown", this.#key);
  }

  close() {
    document.removeEventListener("keydown", this.#key);
  }

  #key = (event) => {
    if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.isComposing) return;
    const writes = event.target.closest?.("input, textarea, select");
    const deed = event.altKey ? this.deeds[ALT[event.code]] : null;
    if (deed) deed();
    else if (event.key === "?" && !event.altKey && !writes) this.node.showModal();
    else return;
    event.preventDefault();
  };
}

function line(keys, name) {
  return element("div", {}, element("dt", {}, element("kbd", {}, keys)), element("dd", {}, text(`staff.key_${name}`)));
}

function shown(code) {
  return { ArrowDown: "↓", ArrowUp: "↑" }[code] ?? code.replace("Key", "");
}
