/** Save a document that only this conversation may fetch. */
const EXTENSIONS = { "application/pdf": ".pdf" };

/** Fetch a document {name, url} with the conversation's token and hand it to the browser's downloads. */
export async function saveDocument(api, session, file) {
  const content = await api.document(session, file.url);
  const extension = EXTENSIONS[content.type.split(";")[0]] ?? "";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = file.name.endsWith(extension) ? file.name : file.name + extension;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
