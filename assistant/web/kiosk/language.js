/** The language of a kiosk's page: the assistant's texts and the page's own. */
import { useLanguage } from "../language.js";
import { addTexts, preferSimple } from "../wording.js";

/** what a kiosk speaks at first, and again for whoever comes next */
export const USUAL = "zh-CN";

/** Let every text of the page be in a language from now on. */
export async function speak(language) {
  const [{ TEXTS }] = await Promise.all([import(`./texts.${language}.js`), useLanguage(language)]);
  addTexts(TEXTS);
  preferSimple(true);
  document.documentElement.lang = language;
}
