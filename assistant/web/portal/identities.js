/** Whose part the visitor plays: a demonstration identity, or nobody. */
import { element } from "../dom.js";
import { text } from "../texts.js";

const KEY = "wenban:identity";
/** who is not signed in */
export const NOBODY = "";

/** Return what the server offers; a page without the server offers nothing and lets the assistant say so. */
export async function fetchOptions() {
  try {
    const response = await fetch("/api/session-options", { cache: "no-store" });
    return response.ok ? await response.json() : { demo: false };
  } catch {
    return { demo: false };
  }
}

/** Return this tab's choice, at first the first identity. */
export function recalledIdentity(identities) {
  let kept = null;
  try {
    kept = sessionStorage.getItem(KEY);
  } catch {
    // storage is blocked: begin with the first
  }
  const known = kept === NOBODY || identities.some(({ key }) => key === kept);
  return known ? kept : (identities[0]?.key ?? NOBODY);
}

/** Keep the choice for this tab. */
export function rememberIdentity(identity) {
  try {
    sessionStorage.setItem(KEY, identity);
  } catch {
    // storage is blocked: the choice lasts until the page is left
  }
}

/** Show the identities as radio buttons; `change(key)` hears the choice, "" for nobody. */
export function showIdentities(fieldset, identities, chosen, change) {
  const nobody = { key: NOBODY, label: text("portal.identity_none") };
  const options = [...identities, nobody].map(({ key, label }) =>
    element(
      "label",
      {},
      element("input", {
        type: "radio",
        name: "identity",
        value: key,
        checked: key === chosen,
        onchange: () => change(key),
      }),
      element("span", {}, label),
    ),
  );
  fieldset.querySelector(".options").replaceChildren(...options);
  fieldset.hidden = false;
}
