/** Make elements. Text only ever becomes text nodes, so nothing said in a conversation is read as HTML. */

/**
 * Return an element.
 *
 * `properties`: `on…` adds a listener, `dataset` sets data attributes, true and false toggle an attribute,
 * null leaves it out, anything else is set as an attribute. Children that are null or false are left out.
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (typeof value === "boolean") node.toggleAttribute(name, value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Return text that only screen readers say. */
export function spoken(words) {
  return element("span", { class: "spoken" }, words);
}
