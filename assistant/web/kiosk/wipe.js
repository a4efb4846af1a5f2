/** Leave nothing of a visit: on the server, in the browser's storages, in its memory. */
import { Refused } from "../widget/api.js";
import { wipeVisit } from "./api.js";

const AGAIN_AFTER_MS = 5_000;
const GIVEN_UP_AFTER_MS = 180_000; // the server has wiped a visit that was left by itself before

/**
 * Wipe a visit (null: there was none) and load the page anew.
 *
 * Where the server cannot be reached, the new page tries on: the visit is handed over in the window's name, which is
 * memory of this tab alone and taken from there at once, never in a storage, which would be written to the disk.
 */
export async function wipe(visit) {
  try {
    const isWiped = visit === null || (await isOver(visit));
    window.name = isWiped ? "" : JSON.stringify(visit);
    await emptyStorages();
  } finally {
    location.replace(location.pathname);
  }
}

/** Go on wiping what the page before could not, until it is done or the server must have done so by itself. */
export async function wipeWhatWasLeft() {
  const left = window.name;
  window.name = "";
  await emptyStorages();
  if (!left.startsWith("{")) return;
  const visit = JSON.parse(left);
  const end = performance.now() + GIVEN_UP_AFTER_MS;
  while (performance.now() < end && !(await isOver(visit))) await new Promise((on) => setTimeout(on, AGAIN_AFTER_MS));
}

/** Tell the server that a visit is over; return whether it is: who is refused has no visit any more. */
async function isOver(visit) {
  try {
    await wipeVisit(visit);
    return true;
  } catch (error) {
    return error instanceof Refused && !error.passing;
  }
}

async function emptyStorages() {
  const emptied = [
    () => sessionStorage.clear(),
    () => localStorage.clear(),
    async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))),
    async () => (await indexedDB.databases()).forEach(({ name }) => indexedDB.deleteDatabase(name)),
    () => document.cookie.split("; ").forEach((cookie) => (document.cookie = `${cookie.split("=")[0]}=; path=/; max-age=0`)),
  ];
  await Promise.allSettled(emptied.map(async (empty) => empty())); // one that is blocked holds nothing
}
