/** The assistant's one style sheet; which of its colours hold is chosen in it. */
import tokens from "../tokens.css" with { type: "text" };
import base from "../base.css" with { type: "text" };
import panelCss from "./panel.css" with { type: "text" };
import composerCss from "./composer.css" with { type: "text" };
import logCss from "./log.css" with { type: "text" };
import cardsCss from "./cards.css" with { type: "text" };
import facesCss from "./faces.css" with { type: "text" };

const DARK = "screen and (prefers-color-scheme: dark)"; // as tokens.css has it
const CONTRAST = "(prefers-contrast: more)";

export class Styles {
  sheet = new CSSStyleSheet();
  #dark;

  constructor() {
    const parts = [tokens, base, panelCss, composerCss, logCss, cardsCss, facesCss];
    this.sheet.replaceSync(parts.join(""));
    this.#dark = [...this.sheet.cssRules].filter(({ media }) => media?.mediaText === DARK);
  }

  /** Let a theme's colours hold; return it, "contrast" where the system asks for more of that. */
  wear(theme) {
    const worn = theme === "auto" && matchMedia(CONTRAST).matches ? "contrast" : theme;
    const media = { auto: DARK, dark: "screen" }[worn] ?? "not all";
    for (const rule of this.#dark) rule.media.mediaText = media;
    return worn;
  }
}
