/** Copy plain text; on plain http, where browsers keep the clipboard to themselves, by a selection. */

/** Return whether the words are on the clipboard now. */
export async function copied(words) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(words).then(
      () => true,
      () => false,
    );
  }
  const box = document.createElement("textarea");
  box.value = words;
  box.className = "spoken";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
