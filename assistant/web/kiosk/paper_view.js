/** A paper as it will be printed, over the screen, with the button that prints it. */
import { element } from "../dom.js";
import { text } from "../wording.js";
import { action, cover, hide, show } from "./controls.js";

const ROLL_MM = 80;
const PX_PER_MM = 96 / 25.4;
const MARGIN_MM = 3;

/** `paper` of a machine → the class of a paper's body (assistant/papers/checklist_html.py) */
export const BODY = { "80mm": "roll", A4: "a4" };

export class PaperView {
  #paper;
  #frame = element("iframe", { class: "paper", sandbox: "allow-same-origin allow-modals", tabindex: "-1" });
  #print;
  #told = element("p", { class: "told", role: "status" });
  #dialog;

  /** `paper` is "80mm" or "A4". */
  constructor(paper) {
    this.#paper = paper;
    this.#print = action("print", text("kiosk.print"), () => this.#printNow(), "primary huge");
    this.#frame.dataset.paper = paper;
    this.#dialog = cover(
      "printing",
      text("kiosk.print_heading"),
      () => this.close(),
      element("h2", {}, text("kiosk.print_heading")),
      this.#frame,
      this.#told,
      element("div", { class: "ends" }, action("back", text("kiosk.back"), () => this.close()), this.#print),
    );
  }

  /** Show a document, given as HTML, whose scripts and controls are left out. Resolves once it can be printed. */
  async open(html) {
    const shown = new DOMParser().parseFromString(html, "text/html");
    for (const node of shown.querySelectorAll("script, .tools")) node.remove();
    shown.body.className = BODY[this.#paper];
    this.#frame.title = shown.title;
    this.#told.textContent = "";
    show(this.#dialog);
    await new Promise((loaded) => {
      this.#frame.addEventListener("load", loaded, { once: true });
      this.#frame.srcdoc = `<!doctype html>${shown.documentElement.outerHTML}`;
    });
    if (!this.#dialog.open) return; // put away meanwhile
    this.#showAsPrinted();
    this.#fitRoll();
    this.#print.focus();
  }

  /** Nothing of a paper stays in the page. */
  close() {
    if (!this.#dialog.open) return;
    this.#frame.srcdoc = "";
    hide(this.#dialog);
    this.#frame.dispatchEvent(new Event("load")); // what is off the page loads no more: nobody shall wait for it
  }

  /** Print, and say so: the printer may take a while, and each touch would print once more. */
  #printNow() {
    this.#frame.contentWindow.print();
    this.#told.textContent = text("kiosk.printing");
  }

  /** Let what holds on paper hold on the screen as well. */
  #showAsPrinted() {
    const rules = [...this.#frame.contentDocument.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    for (const rule of rules) if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
  }

  /** A roll is cut where the paper ends; style sheets cannot say so ("size: 80mm auto" is none), so it is measured. */
  #fitRoll() {
    if (this.#paper !== "80mm") return;
    const { contentDocument: page, contentWindow: view } = this.#frame;
    const printed = (ROLL_MM - 2 * MARGIN_MM) * PX_PER_MM;
    const shownWidth = page.body.style.width;
    page.body.style.width = `${printed}px`;
    const millimetres = Math.ceil(page.body.scrollHeight / PX_PER_MM) + 2 * MARGIN_MM;
    page.body.style.width = shownWidth;
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(`@page roll { size: ${ROLL_MM}mm ${Math.max(ROLL_MM, millimetres)}mm; margin: ${MARGIN_MM}mm; }`);
    page.adoptedStyleSheets = [sheet];
  }
}
