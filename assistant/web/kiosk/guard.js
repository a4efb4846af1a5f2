/** No way out of the page: nothing opens, zooms, drags, copies or goes back. */

const EDITING = new Set(["a", "z", "y"]);
const BROWSER_KEYS = /^(F\d+|BrowserBack|BrowserForward|BrowserHome|BrowserRefresh|BrowserSearch|ContextMenu|Help|OpenURL)$/;
const MOUSE_BACK = 3;

/** Keep whoever stands there in the page. */
export function keepIn() {
  const never = (type) => addEventListener(type, (event) => event.preventDefault(), { capture: true, passive: false });
  for (const type of ["contextmenu", "dragstart", "dragover", "drop", "copy", "cut", "paste", "auxclick", "gesturestart"]) {
    never(type);
  }
  addEventListener("click", keepFromLinks, true);
  addEventListener("keydown", keepFromShortcuts, true);
  addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { capture: true, passive: false });
  addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { capture: true, passive: false });
  for (const type of ["pointerdown", "mousedown", "mouseup"]) {
    addEventListener(type, (event) => event.button >= MOUSE_BACK && event.preventDefault(), true);
  }
  keepFromGoingBack();
}

/** A link leads elsewhere, in this window or another; what it says can still be read. */
function keepFromLinks(event) {
  if (event.composedPath().some((node) => node.localName === "a" && node.href)) event.preventDefault();
}

function keepFromShortcuts(event) {
  const { key, ctrlKey, metaKey, altKey } = event;
  const edits = ctrlKey && EDITING.has(key.toLowerCase());
  if (BROWSER_KEYS.test(key) || ((ctrlKey || metaKey || altKey) && !edits)) event.preventDefault();
}

/** One step of history lies before the page's own at any time; going back leads to it, and from there here again. */
function keepFromGoingBack() {
  const { pathname } = location;
  const again = () => history.pushState(null, "", pathname);
  history.replaceState(null, "", pathname);
  again();
  addEventListener("popstate", again);
  addEventListener("pageshow", ({ persisted }) => persisted && location.replace(pathname)); // as it was before a wipe
}
