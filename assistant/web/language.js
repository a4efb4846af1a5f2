/** The language of the assistant's face: one for all assistants on a page; its catalogues are loaded when they are needed. */
import { load } from "./place.js";
import { addTexts } from "./wording.js";

export const LANGUAGES = ["zh-CN", "zh-TW", "en"];
const PARTS = "widget/";
const folders = new Set([""]);
let current = null;

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
  current = language;
  await Promise.all([...folders].map(take));
}

/** Have the texts of the parts that are loaded later, in whatever language is in use then. */
export async function usePartTexts() {
  await take(PARTS);
  folders.add(PARTS);
}

async function take(folder) {
  const language = current;
  const { TEXTS } = await load(`${folder}texts.${language}.js`);
  if (language === current) addTexts(TEXTS);
  else await take(folder);
}
