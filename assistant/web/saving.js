/** Keep a file that the server made. */
import { element } from "./dom.js";

const READ_WITHIN_MS = 10_000;

/** Give the browser {blob, name} to keep. */
export function save({ blob, name }) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), READ_WITHIN_MS);
}
