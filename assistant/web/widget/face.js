/** How the assistant looks and speaks: as the person chose, else as the page asks, else as is usual. */
import { nearest } from "../language.js";

const KEY = "wenban:face";
const SMALLEST = 16; // px, as the following
const SMALLEST_ELDER = 18;
const LARGEST = 28;
const faces = new Set();
const chosen = recall();

export class Face {
  #host;
  #changed;

  /** `changed(name)` hears what the person chose, here or at another assistant on the page. */
  constructor(host, changed) {
    this.#host = host;
    this.#changed = changed;
  }

  /** Listen to the person's choices, or no longer. */
  set attentive(attentive) {
    if (attentive) faces.add(this);
    else faces.delete(this);
  }

  get language() {
    return nearest([chosen.language ?? this.#host.getAttribute("language"), ...navigator.languages]);
  }

  /** "auto", "light", "dark" or "contrast" */
  get theme() {
    return chosen.theme ?? this.#host.getAttribute("theme") ?? "auto";
  }

  get elder() {
    return chosen.elder ?? this.#host.hasAttribute("elder");
  }

  /** The size of the text in px, null for the page's. */
  get size() {
    const size = chosen.size ?? (Number(this.#host.getAttribute("size")) || null);
    return this.elder ? Math.max(size ?? 20, SMALLEST_ELDER) : size;
  }

  /** Whether others listen and look: a kiosk in a hall, which remembers nothing of a visit. */
  get inHall() {
    return this.#host.getAttribute("place") === "hall";
  }

  /** Whether replies are read aloud by themselves. */
  get reading() {
    return chosen.reading ?? this.elder;
  }

  /** Whether the microphone stays open; otherwise a button is held. */
  get handsFree() {
    return chosen.handsFree ?? this.#host.getAttribute("voice") === "hands-free";
  }

  /** Whether what was understood is looked at before it counts; by default where a button is held. */
  get review() {
    return chosen.review ?? !this.handsFree;
  }

  get speed() {
    return chosen.speed ?? (this.elder ? 0.8 : 1);
  }

  get volume() {
    return chosen.volume ?? (this.elder ? 1 : 0.8);
  }

  choose(name, value) {
    chosen[name] = value;
    keep();
    for (const face of faces) face.#changed(name);
  }

  /** Choose the next smaller (-1) or larger (1) text. */
  resize(step) {
    const size = (this.size ?? SMALLEST) + 2 * step;
    this.choose("size", Math.min(LARGEST, Math.max(this.elder ? SMALLEST_ELDER : SMALLEST, size)));
  }

  /** Choose a pace or a loudness by so much more or less. */
  adjust(name, difference) {
    const [least, most] = name === "speed" ? [0.5, 2] : [0.2, 1];
    this.choose(name, Math.min(most, Math.max(least, Math.round(10 * (this[name] + difference)) / 10)));
  }

  /** Let the page's attribute hold again. */
  forget(name) {
    delete chosen[name];
  }
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // storage is blocked or holds something else
  }
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // storage is blocked: the choice lasts until the page is left
  }
}
