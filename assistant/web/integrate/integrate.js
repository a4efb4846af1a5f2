/** The page for integrators: each attribute live, the markup to copy, the events as they come. */
import "./texts.zh-CN.js";
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { fillTexts, text } from "../texts.js";
import { ATTRIBUTES, EVENTS, METHODS, PARTS, PROPERTIES } from "./interface.js";
import { control } from "./controls.js";
import { snippet } from "./snippet.js";

const MOST_EVENTS = 30;
const values = new Map();
const assistant = element("wenban-assistant", { mode: "inline" });
const place = document.getElementById("place");
const code = document.getElementById("snippet");
const copy = document.getElementById("copy");

document.title = text("integrate.heading");
fillTexts(document);
document.getElementById("seal").append(icon("mark"));
document.getElementById("controls").append(
  ...[...ATTRIBUTES, ...PROPERTIES].map((setting) => control(setting, (value) => change(setting, value))),
);
document.getElementById("controls").addEventListener("submit", (event) => event.preventDefault());
copy.addEventListener("click", copySnippet);
copy.hidden = !navigator.clipboard; // on plain http
for (const type of EVENTS) assistant.addEventListener(type, ({ detail }) => note(type, detail));
showReference();
values.set("mode", "inline");
place.append(assistant);
show();

function change({ name, kind }, value) {
  if (value === "") values.delete(name);
  else values.set(name, value);
  if (name.startsWith("--")) assistant.style.setProperty(name, value);
  else if (kind === "flag") assistant.toggleAttribute(name, value === "on");
  else if (value === "") assistant.removeAttribute(name);
  else assistant.setAttribute(name, value);
  if (name === "identity") assistant.restart();
  show();
}

function show() {
  code.textContent = snippet(location.origin, values);
  copy.textContent = text("integrate.copy");
}

async function copySnippet() {
  await navigator.clipboard.writeText(code.textContent);
  copy.textContent = text("integrate.copied");
}

function note(type, detail) {
  const list = document.getElementById("events");
  list.append(element("li", {}, element("strong", {}, type), " ", element("code", {}, JSON.stringify(detail))));
  if (list.childElementCount > MOST_EVENTS) list.firstChild.remove();
  list.scrollTop = list.scrollHeight;
}

function showReference() {
  const groups = { methods: METHODS, events: EVENTS, parts: PARTS, properties: PROPERTIES.map(({ name }) => name) };
  document.getElementById("reference").append(
    ...Object.entries(groups).map(([group, names]) =>
      element(
        "section",
        {},
        element("h3", {}, text(`integrate.reference_${group}`)),
        element(
          "dl",
          {},
          names.map((name) =>
            element("div", {}, element("dt", {}, element("code", {}, name)), element("dd", {}, text(`integrate.${group}.${name}`))),
          ),
        ),
      ),
    ),
  );
}
