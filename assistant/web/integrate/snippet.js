/** The markup that puts the assistant on a page as it was set. */

/** Return it; `values` holds what was set of attributes and of custom properties, "on" for a flag. */
export function snippet(origin, values) {
  const settings = [...values].filter(([name]) => !name.startsWith("--"));
  const properties = [...values].filter(([name]) => name.startsWith("--"));
  const attributes = settings.map(([name, value]) => (name === "elder" ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  const rules = properties.map(([name, value]) => `  ${name}: ${value};`);
  if (values.get("mode") === "inline") rules.unshift("  display: block;", "  height: 40rem;");
  const style = rules.length > 0 ? ["/* CSS */", "wenban-assistant {", ...rules, "}", ""] : [];
  return [
    ...style,
    "<!-- HTML -->",
    `<script type="module" src="${origin}/web/widget.js"></script>`,
    `<wenban-assistant${attributes.join("")}></wenban-assistant>`,
  ].join("\n");
}

function escaped(value) {
  return value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
