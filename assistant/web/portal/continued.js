/** Go on with a conversation that was begun at a kiosk: the address holds a code for it, once. */
const CODE = /^#continue=([\w-]+)$/;

/** The server could not be asked: the code is still good, and stays in the address for the next time. */
export class NotAsked extends Error {}

/**
 * Take the conversation over that the address leads to, and the code off the address. Return {conversation_id, token},
 * or null where it leads to none; throws NotAsked, or an Error with a sentence where the code cannot be used any more.
 */
export async function takeOver() {
  const code = CODE.exec(location.hash)?.[1];
  if (!code) return null;
  const response = await fetch("/api/continue", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
    cache: "no-store",
  }).catch((error) => {
    throw new NotAsked(error.message);
  });
  history.replaceState(null, "", location.pathname + location.search);
  const told = await response.json();
  if (!response.ok) throw new Error(told.message);
  return told;
}
