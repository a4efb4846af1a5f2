/** Say briefly what came of an action. */
const SHOWN_MS = 4_000;
let timer;

/** Show a sentence at the foot of the page for a moment. */
export function toast(words) {
  const place = document.getElementById("toast");
  place.textContent = words;
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.textContent = "";
  }, SHOWN_MS);
}
