/** Papers of a reply, such as the one-time notice: cards to download and print them. */
import { CHINESE, HERE, element, icon, text } from "../kit.js";
import { saveDocument } from "./documents.js";

/** Return a card for each paper. */
export function paperCards(papers, actions) {
  return papers.map((paper) =>
    element(
      "section",
      { class: "card paper", dataset: { kind: paper.kind } },
      element("h3", CHINESE, paper.title),
      paper.details.map((line) => element("p", { class: "kicker", ...CHINESE }, line)),
      element(
        "div",
        { class: "buttons" },
        actions.print ? paperButton("print", "paper.print", () => actions.print(paper)) : ownButtons(paper, actions),
      ),
    ),
  );
}

function ownButtons(paper, actions) {
  return [
    paperButton("download", "paper.download", () => saveDocument(paper, actions)),
    paper.page && paperButton("print", "paper.print", () => openPaper(paper, actions)),
  ];
}

/** Open the page of a paper in a window of its own, which prints it; the token stays here. Its files are ours, whose site this is. */
async function openPaper({ page }, actions) {
  const shown = open("", "_blank");
  try {
    const content = await (await actions.fetch(page)).text();
    shown.document.open();
    shown.document.write(content.replaceAll('"/web/', `"${HERE}`));
    shown.document.close();
  } catch (error) {
    shown?.close();
    throw error;
  }
}

/** Return a button that does something slow with a paper, and says how that goes. */
export function paperButton(name, label, act, file = {}) {
  const words = element("span", { "aria-live": "polite" }, text(label, file));
  const node = element("button", { class: name === "download" ? "button primary" : "button", type: "button" }, icon(name), words);
  node.onclick = async () => {
    node.disabled = true;
    words.textContent = text("paper.working");
    try {
      await act();
      words.textContent = text(label, file);
    } catch {
      words.textContent = text("paper.failed");
    }
    node.disabled = false;
  };
  return node;
}
