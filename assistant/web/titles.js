/** Names within title marks. */

/** Return a name as it is written within 《》: title marks within title marks are single ones (GB/T 15834). */
export function titled(name) {
  return name.replaceAll("《", "〈").replaceAll("》", "〉");
}
