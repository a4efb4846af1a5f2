/** What greets whoever comes: the hall, the button to talk, the items that are asked for most. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { LANGUAGES } from "../language.js";
import { CHINESE } from "../prose.js";
import { text } from "../wording.js";
import { clockFace } from "./clock_face.js";
import { action } from "./controls.js";

/**
 * Return the screen, and what takes it away. `kiosk` is what the server tells of it, `speaks` whether one is heard here.
 * `on.talk()`, `on.choose(words)`, `on.other()`, `on.call()` and `on.language(language)` hear what is wished.
 */
export function welcome(kiosk, { speaks, language }, on) {
  const clock = clockFace(language);
  const node = element(
    "main",
    { class: "welcome" },
    element("header", {}, hall(kiosk), clock.node),
    element(
      "section",
      { class: "hero", "aria-labelledby": "greeting" },
      element("h1", { id: "greeting" }, text("kiosk.greeting")),
      speaks && talkButton(on.talk),
    ),
    element(
      "section",
      { class: "items", "aria-labelledby": "items-heading" },
      element("h2", { id: "items-heading" }, text("kiosk.items")),
      element(
        "ol",
        {},
        kiosk.items.map(({ name, words }, place) => tile(place + 1, name, () => on.choose(words))),
      ),
    ),
    element(
      "footer",
      {},
      element(
        "div",
        { class: "helps" },
        action("keyboard", text("kiosk.other"), on.other),
        action("bell", text("kiosk.call"), on.call),
      ),
      element(
        "p",
        { class: "promise" },
        icon("lock"),
        element("span", {}, element("span", {}, text("kiosk.promise")), " ", element("span", {}, text("kiosk.promise_erased", { seconds: kiosk.idle.wipe_seconds }))),
      ),
      languages(language, on.language),
    ),
  );
  return { node, end: () => (clock.stop(), node.remove()) };
}

function hall({ hall: { name, address, hours }, machine }) {
  return element(
    "div",
    { class: "hall", ...CHINESE },
    element("span", { class: "seal" }, icon("mark")),
    element("div", {}, element("p", { class: "name" }, name), element("p", {}, address), element("p", {}, hours), element("p", {}, machine)),
  );
}

function talkButton(act) {
  return element(
    "button",
    { class: "talk", type: "button", onclick: act },
    element("span", { class: "disc" }, icon("microphone")),
    element("span", {}, element("strong", {}, text("kiosk.talk")), element("span", {}, text("kiosk.talk_hint"))),
  );
}

function tile(number, name, act) {
  return element(
    "li",
    {},
    element(
      "button",
      { class: "tile", type: "button", onclick: act },
      element("span", { class: "number", "aria-hidden": "true" }, number),
      element("span", { class: "name", ...CHINESE }, name),
    ),
  );
}

function languages(chosen, choose) {
  return element(
    "div",
    { class: "languages", role: "group", "aria-label": text("kiosk.languages") },
    LANGUAGES.map((language) =>
      element(
        "button",
        { class: "button", type: "button", lang: language, "aria-pressed": String(language === chosen), onclick: () => choose(language) },
        text(`kiosk.language_${language}`),
      ),
    ),
  );
}
