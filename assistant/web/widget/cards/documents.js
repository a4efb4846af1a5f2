/** Hand files to the browser's downloads. */
const EXTENSIONS = { "application/pdf": ".pdf" };

/** Fetch a document {name, url} that only this conversation may fetch, and save it. */
export async function saveDocument({ name, url }, actions) {
  const content = await actions.fetch(url);
  const extension = EXTENSIONS[content.type.split(";")[0]] ?? "";
  save(content, name.endsWith(extension) ? name : name + extension);
}

/** Save a Blob under a name. */
export function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
