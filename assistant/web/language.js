/** The language of the assistant's face: one for all assistants on a page; its catalogue is loaded when it is needed. */
import { HERE } from "./place.js";
import { addTexts } from "./wording.js";

export const LANGUAGES = ["zh-CN", "zh-TW", "en"];

/** Return which of our languages comes nearest to the first of the wanted ones that any comes near to. */
export function nearest(wanted) {
  for (const tag of wanted) {
    if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return "zh-TW";
    if (/^zh/i.test(tag)) return "zh-CN";
    if (/^en/i.test(tag)) return "en";
  }
  return "en";
}

/** Let every text be in a language from now on. */
export async function useLanguage(language) {
  const { TEXTS } = await import(new URL(`texts.${language}.js`, HERE));
  addTexts(TEXTS);
}
