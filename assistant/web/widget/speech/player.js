/** The loudspeaker: clips one after the other, softer while the citizen speaks, silent when they mean it. */
const DUCKED = 0.2;

export class Player {
  #handlers;
  #context = null;
  #gain = null;
  #source = null;
  #waiting = [];

  /** `onStart(id)` and `onEnd(id)` hear what of a clip was played; `onSilence()` that nothing more is to be played. */
  constructor({ onStart, onEnd, onSilence }) {
    this.#handlers = { onStart, onEnd, onSilence };
  }

  get isPlaying() {
    return this.#source !== null;
  }

  /** Be allowed to play: call it while the citizen touches or types. */
  wake() {
    if (!this.#context) {
      this.#context = new AudioContext();
      this.#gain = this.#context.createGain();
      this.#gain.connect(this.#context.destination);
    }
    this.#context.resume().catch(() => undefined); // not allowed yet: the next touch may
  }

  /** Play 16-bit PCM at a rate after what came before. */
  playPcm(id, bytes, rate) {
    const samples = new Int16Array(bytes);
    if (samples.length === 0) return;
    this.wake();
    const sound = this.#context.createBuffer(1, samples.length, rate);
    sound.getChannelData(0).set(Float32Array.from(samples, (sample) => sample / 32768));
    this.#play(id, sound);
  }

  /** Play a sound file after what came before. */
  async playFile(id, bytes) {
    this.wake();
    this.#play(id, await this.#context.decodeAudioData(bytes));
  }

  /** Play more softly, or as loud as before. */
  duck(softer) {
    if (this.#gain) this.#gain.gain.value = softer ? DUCKED : 1;
  }

  /** Stop, and forget what was to be played. */
  stop() {
    const source = this.#source;
    this.#waiting = [];
    this.#source = null;
    this.duck(false);
    if (!source) return;
    source.onended = null;
    source.stop();
    this.#handlers.onSilence();
  }

  #play(id, sound) {
    this.#waiting.push({ id, sound });
    if (!this.#source) this.#next();
  }

  #next() {
    const clip = this.#waiting.shift();
    this.#source = null;
    if (!clip) {
      this.#handlers.onSilence();
      return;
    }
    this.#source = this.#context.createBufferSource();
    this.#source.buffer = clip.sound;
    this.#source.connect(this.#gain);
    this.#source.onended = () => {
      this.#handlers.onEnd(clip.id);
      this.#next();
    };
    this.#source.start();
    this.#handlers.onStart(clip.id);
  }
}
