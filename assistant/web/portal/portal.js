/** The demonstration page around the assistant. */
import "./texts.zh-CN.js";
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { fillTexts, text } from "../texts.js";
import { NotAsked, takeOver } from "./continued.js";
import { showExamples } from "./examples.js";
import { NOBODY, fetchOptions, recalledIdentity, rememberIdentity, showIdentities } from "./identities.js";

const WIDE = matchMedia("(min-width: 64rem)");
const assistant = document.querySelector("wenban-assistant");

document.title = text("portal.title");
fillTexts(document);
document.getElementById("seal").append(icon("mark"));
document.getElementById("start").addEventListener("click", () => assistant.open());
showExamples(document.getElementById("examples"), (question) => assistant.ask(question));
WIDE.addEventListener("change", place);
place();
customElements.whenDefined("wenban-assistant").then(begin);

/** Put the assistant beside the story, or behind its button where there is no room. */
function place() {
  if (WIDE.matches) assistant.setAttribute("mode", "inline");
  else assistant.removeAttribute("mode");
}

async function begin() {
  const goesOn = await goOn();
  const options = await fetchOptions();
  if (options.demo) {
    document.getElementById("demo-notice").hidden = false;
    const chosen = recalledIdentity(options.identities);
    assistant.setAttribute("identity", chosen);
    showIdentities(document.getElementById("identities"), options.identities, chosen, change);
  }
  if (goesOn) assistant.open();
  else if (WIDE.matches) assistant.begin();
}

/** Go on with what was begun at a kiosk; tell whether there is any. The assistant remembers it for this tab from then on. */
async function goOn() {
  try {
    const session = await takeOver();
    if (!session) return false;
    rememberIdentity(NOBODY);
    assistant.identityProvider = async () => {
      assistant.identityProvider = undefined;
      return { session };
    };
    return true;
  } catch (error) {
    const told = text(error instanceof NotAsked ? "portal.continue_not_asked" : "portal.continue_failed");
    document.body.prepend(element("p", { class: "demo-notice", role: "alert" }, told));
    return false;
  }
}

function change(identity) {
  rememberIdentity(identity);
  assistant.setAttribute("identity", identity);
  assistant.restart();
}
