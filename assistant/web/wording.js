/** Look up the words on screen in the catalogue that is in use. */
const WORDS = {};
let simple = false;

/** Take in more words; those of a later catalogue go before those of an earlier one. */
export function addTexts(more) {
  Object.assign(WORDS, more);
}

/** Prefer the simple words that a catalogue has for some keys, as `key.simple`. */
export function preferSimple(prefer) {
  simple = prefer;
}

/** Tell whether the catalogue has a text. */
export function hasText(key) {
  return key in WORDS;
}

/** Return a text with its {named} fields filled in; an unknown key is a programming error. */
export function text(key, fields = {}) {
  const words = (simple && WORDS[`${key}.simple`]) || WORDS[key];
  if (words === undefined) throw new Error(`No text is called "${key}".`);
  return words.replace(/\{(\w+)\}/g, (_, name) => String(fields[name] ?? ""));
}
