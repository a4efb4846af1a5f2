/** What a person may set: language, size, colours, how replies are read; and the record to keep. */
import { LANGUAGES, button, element, iconButton, text, toggle } from "../kit.js";
import { adopter } from "../adopt.js";
import css from "./settings.css" with { type: "text" };
import { saveTranscript } from "./transcript_file.js";

const adopt = adopter(css);
const THEMES = ["auto", "light", "dark", "contrast"];

/** Show the dialog within a shadow root; `events()` returns what was said. */
export function showSettings(root, face, events) {
  if (root.querySelector(".settings")) return; // asked for twice while it was loaded
  const dialog = element("dialog", { class: "confirm settings", part: "settings", "aria-label": text("settings.heading") });
  const change = (name, value) => {
    if (name === "language" || name === "elder") dialog.close(); // the face is built anew
    face.choose(name, value);
  };
  const stepper = (key, act) =>
    group(
      key,
      iconButton("minus", `settings.${key}_less`, () => act(-1), "button round"),
      iconButton("plus", `settings.${key}_more`, () => act(1), "button round"),
    );
  adopt(root);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(
    element(
      "header",
      {},
      element("h2", {}, text("settings.heading")),
      iconButton("close", "assistant.close", () => dialog.close()),
    ),
    toggle(text("settings.elder"), face.elder, (on) => change("elder", on)),
    stepper("size", (step) => face.resize(step)),
    options(
      "language", // buttons: arrows among radios would choose each in passing, and every choice builds the face anew
      LANGUAGES.map((language) => {
        const node = button(text(`language.${language}`), () => change("language", language));
        node.lang = language;
        node.setAttribute("aria-pressed", language === face.language);
        return node;
      }),
    ),
    choice("theme", THEMES, face.theme, change),
    toggle(text("settings.reading"), face.reading, (on) => change("reading", on)),
    stepper("speed", (step) => face.adjust("speed", 0.2 * step)),
    stepper("volume", (step) => face.adjust("volume", 0.2 * step)),
    button(text("transcript.save"), () => saveTranscript(events())),
  );
  root.querySelector(".shell").append(dialog);
  dialog.showModal();
}

function group(key, ...controls) {
  return element(
    "div",
    { class: "setting", role: "group", "aria-label": text(`settings.${key}`) },
    element("span", { "aria-hidden": "true" }, text(`settings.${key}`)),
    controls,
  );
}

function choice(name, values, chosen, change) {
  return options(
    name,
    values.map((value) =>
      element(
        "label",
        {},
        element("input", { type: "radio", name, value, checked: value === chosen, onchange: () => change(name, value) }),
        element("span", {}, text(`${name}.${value}`)),
      ),
    ),
  );
}

function options(name, controls) {
  return element(
    "fieldset",
    {},
    element("legend", {}, text(`settings.${name}`)),
    element("div", { class: "options" }, controls),
  );
}
