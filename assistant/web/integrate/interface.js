/** What a page may set, call, hear and style of <wenban-assistant>; docs/embedding.md tells the same. */

/** `kind` is "choice" (of `values`, the first being what holds unless it is set), "flag" or "words". */
export const ATTRIBUTES = [
  { name: "mode", kind: "choice", values: ["button", "inline"], shown: "inline" },
  { name: "position", kind: "choice", values: ["end", "start"] },
  { name: "language", kind: "choice", values: ["auto", "zh-CN", "zh-TW", "en"] },
  { name: "theme", kind: "choice", values: ["auto", "light", "dark", "contrast"] },
  { name: "elder", kind: "flag" },
  { name: "size", kind: "words" },
  { name: "place", kind: "choice", values: ["", "hall"] },
  { name: "voice", kind: "choice", values: ["hold", "hands-free", "off"] },
  { name: "start", kind: "choice", values: ["auto", "manual"] },
  { name: "heading", kind: "words" },
  { name: "opening", kind: "words" },
  { name: "conversation", kind: "words" },
  { name: "identity", kind: "words" },
  { name: "server", kind: "words" },
];

export const PROPERTIES = [
  { name: "--wenban-accent", kind: "colour", values: ["#0b5c57"] },
  { name: "--wenban-accent-ink", kind: "colour", values: ["#ffffff"] },
  { name: "--wenban-accent-wash", kind: "colour", values: ["#e3efec"] },
  { name: "--wenban-ground", kind: "colour", values: ["#f3f5f2"] },
  { name: "--wenban-surface", kind: "colour", values: ["#ffffff"] },
  { name: "--wenban-ink", kind: "colour", values: ["#15211f"] },
  { name: "--wenban-ink-soft", kind: "colour", values: ["#43514d"] },
  { name: "--wenban-radius", kind: "words", values: ["14px"] },
  { name: "--wenban-size", kind: "words", values: ["1rem"] },
  { name: "--wenban-font", kind: "words", values: [""] },
];

export const METHODS = ["begin", "restart", "open", "close", "ask", "answer", "speak", "printer", "identityProvider"];

export const EVENTS = [
  "ready", "begun", "opened", "closed", "message", "asks", "speaking", "receipt", "issued", "handoff", "moved", "expired",
  "failed",
];

export const PARTS = ["launcher", "panel", "bar", "log", "bubble", "card", "composer", "speech", "talk", "settings"];
