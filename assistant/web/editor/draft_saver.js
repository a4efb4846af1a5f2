/** Keep a draft on the server while one writes, so that a closed browser loses nothing. */
import { Refused } from "../signed_in_api.js";
import { clock } from "../time.js";

const AFTER_MS = 800;
const AGAIN_AFTER_MS = 3_000;

/** What could not be saved before the session ended, by draft; it is saved after the next sign-in. */
const left = new Map();

export class DraftSaver {
  #timer = null;
  #waiting = null;
  #saving = null;

  /** `hear.saved(kept)`, `hear.state(key, fields)` and `hear.refused(error)` hear what becomes of it. */
  constructor(api, draft, hear) {
    this.api = api;
    this.id = draft.id;
    this.version = draft.version;
    this.hear = hear;
    if (left.has(draft.id)) {
      this.change(left.get(draft.id));
      left.delete(draft.id);
    }
  }

  get unsaved() {
    return this.#waiting !== null || this.#saving !== null;
  }

  /** Take the content as it is now: {guide, asks} or {text, asks}. */
  change(content) {
    this.#waiting = content;
    this.hear.state("editor.unsaved");
    this.#later(AFTER_MS);
  }

  /** Save at once what is not saved yet, and wait for it. */
  async flush() {
    clearTimeout(this.#timer);
    await this.#saving;
    if (this.#waiting) await this.#save();
  }

  /** Save over what another window saved. */
  overwrite(version) {
    this.version = version;
    return this.flush();
  }

  /** Take a version that the server made. */
  take({ version }) {
    this.version = version;
    this.#waiting = null;
  }

  /** Forget what is not saved. */
  drop() {
    clearTimeout(this.#timer);
    this.#waiting = null;
  }

  #later(after) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), after);
  }

  #save() {
    const content = this.#waiting;
    this.#waiting = null;
    this.hear.state("editor.saving");
    this.#saving = this.#send(content).finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  async #send(content) {
    try {
      const kept = await this.api.save(this.id, { ...content, version: this.version });
      this.version = kept.version;
      if (this.#waiting) return;
      this.hear.state("editor.saved", { at: clock(new Date(), Date.now()) });
      this.hear.saved(kept);
    } catch (error) {
      this.#waiting ??= content;
      this.hear.state("editor.not_saved");
      if (!(error instanceof Refused)) {
        this.#later(AGAIN_AFTER_MS);
        return;
      }
      if (error.status === 401) left.set(this.id, this.#waiting);
      this.hear.refused(error);
    }
  }
}
