/** Go on with a conversation that was begun at a kiosk: the address holds a code for it, once. */
const CODE = /^#continue=([\w-]+)$/;

/**
 * Take the conversation over that the address leads to, and the code off the address. Return {conversation_id, token},
 * or null where it leads to none; throws an Error with a sentence where the code cannot be used any more.
 */
export async function takeOver() {
  const code = CODE.exec(location.hash)?.[1];
  if (!code) return null;
  history.replaceState(null, "", location.pathname + location.search);
  const response = await fetch("/api/continue", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
    cache: "no-store",
  });
  const told = await response.json();
  if (!response.ok) throw new Error(told.message);
  return told;
}
