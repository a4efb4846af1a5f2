/** Style sheets of the parts that are loaded later, each shared by all assistants on a page. */

/** Return what adopts a sheet into a shadow root, once. */
export function adopter(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return (root) => root.adoptedStyleSheets.includes(sheet) || root.adoptedStyleSheets.push(sheet);
}
