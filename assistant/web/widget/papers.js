/** Papers of a reply, such as the one-time notice: cards to download and print them. */
import { element } from "../dom.js";
import { icon } from "../icons.js";
import { text } from "../wording.js";

/** Return a card for each paper. */
export function paperCards(papers, actions) {
  return papers.map((paper) =>
    element(
      "section",
      { class: "card paper", dataset: { kind: paper.kind } },
      element("h3", {}, paper.title),
      paper.details.map((line) => element("p", { class: "kicker" }, line)),
      element(
        "div",
        { class: "buttons" },
        actions.printer
          ? paperButton("print", "paper.print", () => actions.printer(paper))
          : [
              paperButton("download", "paper.download", () => actions.download(paper)),
              paper.page && paperButton("print", "paper.print", () => actions.print(paper)),
            ],
      ),
    ),
  );
}

/** Open the page of a paper in a window of its own, which prints it; the token stays here. */
export async function openPaper(api, session, { page }) {
  const shown = open("", "_blank");
  try {
    const content = await (await api.document(session, page)).text();
    shown.document.open();
    shown.document.write(content);
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
