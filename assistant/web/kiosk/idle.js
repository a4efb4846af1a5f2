/** Watch whether anybody is there: a notice after a while, and the end some time later. */

const TICK_MS = 250;
const SIGNS = ["pointerdown", "touchmove", "wheel", "keydown"];
/** what is heard counts as somebody who is there for so long after the last touch: a hall is never silent */
const HEARD_FOR_MS = 300_000;

export class Idle {
  #limits;
  #on;
  #touched = performance.now();
  #last = performance.now();
  #sounds = false;
  #noticed = false;
  #timer = null;

  /**
   * `notice_seconds` and `wipe_seconds` count from the last sign of life. `on.active()` hears each sign,
   * `on.notice(seconds)` every second from the notice on how many are left, `on.wipe()` the end.
   */
  constructor({ notice_seconds: notice, wipe_seconds: wipe }, on) {
    this.#limits = { notice: notice * 1000, wipe: wipe * 1000 };
    this.#on = on;
    for (const type of SIGNS) addEventListener(type, this.#sign, { capture: true, passive: true });
  }

  /** Begin to count, from now on. */
  start() {
    this.#touched = this.#last = performance.now();
    this.#noticed = false;
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
  }

  /** Count no longer. */
  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Whether somebody speaks, or is being spoken to. */
  set sounds(sounds) {
    this.#sounds = sounds;
    this.#hear();
  }

  /** Take it that somebody is there. */
  back() {
    this.start();
    this.#on.active();
  }

  /** Once there is a notice, a touch alone does not say that it is the same person: they are asked. */
  #sign = () => {
    if (this.#timer === null || this.#noticed) return;
    this.#touched = this.#last = performance.now();
    this.#on.active();
  };

  #hear() {
    if (this.#timer === null || this.#noticed) return;
    this.#last = Math.max(this.#last, Math.min(performance.now(), this.#touched + HEARD_FOR_MS));
    this.#on.active();
  }

  #tick() {
    if (this.#sounds) this.#hear();
    const idle = performance.now() - this.#last;
    if (idle >= this.#limits.wipe) {
      this.stop();
      this.#on.wipe();
    } else if (idle >= this.#limits.notice) {
      this.#noticed = true;
      this.#on.notice(Math.ceil((this.#limits.wipe - idle) / 1000));
    }
  }
}
