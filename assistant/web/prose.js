/** Lay out what was said: paragraphs, lists, hidden personal data, telephone numbers. */
import { element } from "./dom.js";
import { icon } from "./icons.js";
import { text } from "./wording.js";

const NUMBERED = /^\s*(\d{1,2})(?:[.．](?!\d)|[、)）])\s*(.+)$/;
const BULLETED = /^\s*[-·•]\s*(.+)$/;
const PLACEHOLDER = /\[(\p{Script=Han}{2,6})\d+\]/u;
const QUOTED = /\p{Script=Han}(?:[^A-Za-z]*\p{Script=Han})?/u;
const EMERGENCY_NUMBER = /(?<!\d)(11[09]|12[02]|12(?!110)\d{3}|96110)(?!\d)/;

/** Of what the guides and the people at the desk say, whatever the language of the face. */
export const CHINESE = { lang: "zh-CN" };

/**
 * Return the text as paragraphs and lists; `callable` makes emergency numbers links that dial, `lang` is its language where
 * that is not Chinese.
 */
export function prose(said, { callable = false, lang = null } = {}) {
  const blocks = [];
  for (const line of said.split(/\n+/)) {
    if (!line.trim()) continue;
    const numbered = NUMBERED.exec(line);
    const bulleted = numbered ? null : BULLETED.exec(line);
    if (!numbered && !bulleted) {
      blocks.push(element("p", {}, inline(line, callable, lang)));
      continue;
    }
    const tag = numbered ? "ol" : "ul";
    if (blocks.at(-1)?.localName !== tag) blocks.push(element(tag));
    const value = numbered ? numbered[1] : null;
    blocks.at(-1).append(element("li", { value }, inline(numbered ? numbered[2] : bulleted[1], callable, lang)));
  }
  return element("div", { class: "prose", lang: lang ?? CHINESE.lang }, blocks);
}

function inline(line, callable, lang) {
  let parts = pieces(line, PLACEHOLDER, ([, kind]) => masked(kind));
  const also = (pattern, replace) =>
    (parts = parts.flatMap((part) => (typeof part === "string" ? pieces(part, pattern, replace) : [part])));
  if (callable) also(EMERGENCY_NUMBER, ([number]) => dial(number));
  if (lang) also(QUOTED, ([words]) => element("span", CHINESE, words));
  return parts;
}

function pieces(line, pattern, replace) {
  const found = [];
  let rest = line;
  for (let match = pattern.exec(rest); match; match = pattern.exec(rest)) {
    found.push(rest.slice(0, match.index), replace(match));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...found, rest];
}

function masked(kind) {
  return element("span", { class: "masked" }, icon("lock"), text("masked.value", { kind }));
}

function dial(number) {
  return element("a", { href: `tel:${number}` }, number);
}
