/** Parts of the assistant that are loaded when they are first wanted, and what is shown when they cannot be. */
import { element } from "../dom.js";
import { usePartTexts } from "../language.js";
import { load } from "../place.js";
import { text } from "../wording.js";
import { button } from "./controls.js";

const LOADED_WITHIN_MS = 10_000;
const parts = new Map();

/** Return what a part exports, its texts at hand; rejects when it cannot be loaded now, and asks anew the next time. */
export function part(name) {
  if (!parts.has(name)) parts.set(name, fetched(name));
  return parts.get(name);
}

/**
 * Return the entry that `build` makes of what a part exports. Where it cannot be loaded that is the `plain()` entry, which
 * offers to try again.
 */
export function entryWith(name, build, plain) {
  return part(name).then(build, () => {
    const entry = plain();
    const again = async () => {
      const next = await entryWith(name, build, plain);
      entry.replaceWith(next);
      (next.querySelector(".card button") ?? next.querySelector("button"))?.focus();
    };
    entry.append(element("span", { class: "lacking" }, text("part.failed")), button(text("start.retry"), again));
    return entry;
  });
}

async function fetched(name) {
  const late = new Promise((_, reject) => setTimeout(reject, LOADED_WITHIN_MS));
  try {
    return (await Promise.race([Promise.all([load(name), usePartTexts()]), late]))[0].default;
  } catch (error) {
    parts.delete(name);
    throw error;
  }
}
