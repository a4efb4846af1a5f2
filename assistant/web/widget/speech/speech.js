/** Speak with the assistant: the microphone, the spoken session on the wire and the loudspeaker brought together. */
import { Stream, text } from "../kit.js";
import { adopter } from "../adopt.js";
import { Microphone } from "./microphone.js";
import { Player } from "./player.js";
import css from "./speech.css" with { type: "text" };
import { SpeechBar } from "./speech_bar.js";

const adopt = adopter(css);
const NOBODY_HEARS = 4404; // the codes that a spoken session is refused with
const TAKEN_OVER = 4409;
const TOO_MANY = 4429;

export class Speech {
  #api;
  #face;
  #composer;
  #bar;
  #aside;
  #session;
  #told;
  #speaker = null;
  #line = null;
  #microphone = null;
  #attempt = null;
  #clip = null;
  #held = false;
  #corrected = false;
  #player = new Player({
    onStart: (id) => this.#tell("playback-started", { clip_id: id }),
    onEnd: (id) => this.#tell("playback-finished", { clip_id: id }),
    onSilence: () => this.#showReading(),
  });

  /**
   * `place` is the element to be seen in, `session()` the conversation's; `say(words)` speaks for the citizen,
   * `aside(reply)` shows a reply that stands in no transcript, and `tell(type, detail)` tells the page who speaks.
   */
  constructor(api, face, composer, { place, session, say, aside, tell }) {
    this.#api = api;
    this.#face = face;
    this.#composer = composer;
    this.#session = session;
    this.#aside = aside;
    this.#told = tell;
    this.#bar = new SpeechBar(face, {
      close: () => {
        this.close();
        composer.focus(); // the button goes: one types instead
      },
      open: () => this.open(),
      press: () => this.#hold(true),
      release: () => this.#hold(false),
      interrupt: () => this.hush(),
      say,
    });
    composer.onCorrect = () => this.#correct();
    adopt(place.getRootNode());
    place.append(...this.#bar.nodes);
  }

  /** Begin to listen, as the person likes to speak. */
  async open() {
    this.close();
    const attempt = (this.#attempt = {});
    this.#player.wake();
    this.#bar.open();
    try {
      const microphone = await Microphone.open((frame, level) => this.#hear(frame, level));
      if (attempt !== this.#attempt) return microphone.close();
      this.#microphone = microphone;
      this.#call();
    } catch (error) {
      if (attempt === this.#attempt) this.#bar.trouble(error.reason);
    }
    return undefined;
  }

  /** Stop listening and speaking. */
  close() {
    this.#attempt = null;
    this.#tell("close");
    this.#line?.end();
    this.#microphone?.close();
    this.#line = this.#microphone = null;
    this.#player.stop();
    this.#nowSpeaks(null);
    this.#composer.unhear();
    this.#bar.close();
  }

  /** Stop reading aloud. */
  hush() {
    if (this.#player.isPlaying) this.#tell("touch");
    this.#player.stop();
  }

  /** Send a typed message through the spoken session, which then answers it aloud; tell whether it was sent. */
  send(message) {
    this.#player.wake();
    return this.#line?.send(message) ?? false;
  }

  /** Read a kept reply aloud. */
  async read(seq) {
    this.hush();
    this.#player.wake();
    const sound = await this.#api.readAloud(this.#session(), seq, this.#face).catch(() => null); // it is there to be read
    if (!sound) return;
    await this.#player.playFile(null, sound);
    this.#showReading();
  }

  /** Whether the spoken session is there, which says its replies itself. */
  get isOpen() {
    return this.#line !== null;
  }

  /** Take up the pace, the loudness and whether to look first that the person has just chosen. */
  suit() {
    const { speed, volume, review } = this.#face;
    this.#tell("speak-as", { speed, volume });
    this.#tell("review", { on: review });
  }

  #call() {
    const { elder, handsFree, inHall, review, speed, volume } = this.#face;
    const hello = { type: "hello", token: this.#session().token, mode: handsFree ? "hands-free" : "hold", format: "pcm" };
    if (inHall) Object.assign(hello, { hall: true, half_duplex: true });
    this.#line = new Stream(this.#api.socket(this.#session(), "voice"), {
      hello: () => ({ ...hello, elder, review, speed, volume }),
      onEvent: (event) => (event instanceof ArrayBuffer ? this.#play(event) : this.#take(event)),
      onOpen: () => this.#connected(),
      onBreak: () => this.#broken(),
      onRefused: (code) => {
        this.close();
        this.#bar.open();
        this.#bar.trouble({ [NOBODY_HEARS]: "nobody", [TAKEN_OVER]: "elsewhere", [TOO_MANY]: "busy" }[code] ?? "failed");
      },
    });
    this.#line.connect();
  }

  #connected() {
    this.#bar.ready();
    if (this.#held) this.#tell("hold-pressed"); // the server has let go of the button
  }

  #broken() {
    this.#player.stop(); // the session holds what it sent for stopped
    this.#clip = null;
    this.#composer.unhear(); // what was being said is lost
    this.#nowSpeaks(null);
    this.#bar.say(text("speech.reconnecting"));
  }

  /** Pass on what the microphone hears: all of it, or what is said while the button is held. */
  #hear(frame, level) {
    const open = this.#face.handsFree || this.#held;
    this.#bar.level = open ? level : 0;
    if (open) this.#line?.send(frame);
  }

  #hold(held) {
    if (held === this.#held) return;
    this.#held = held;
    if (held) this.#player.stop();
    this.#tell(held ? "hold-pressed" : "hold-released");
  }

  #play(bytes) {
    if (this.#clip) this.#player.playPcm(this.#clip.clip_id, bytes, this.#clip.rate);
    this.#clip = null;
    this.#showReading();
  }

  #take({ type, payload }) {
    const done = {
      state: () => this.#bar.state(payload.state),
      "speech-started": () => this.#listen(),
      "transcript-partial": () => !this.#corrected && this.#composer.hear(payload.text),
      transcript: () => this.#heard(payload),
      "speech-ended": () => this.#nowSpeaks(null),
      "speech-ignored": () => this.#composer.unhear(),
      reply: () => payload.kept || this.#aside(payload),
      notice: () => this.#bar.say(payload.text, payload.choices),
      audio: () => (this.#clip = payload),
      duck: () => this.#player.duck(true),
      resume: () => this.#player.duck(false),
      "stop-audio": () => this.#player.stop(),
      closed: () => this.close(),
    };
    done[type]?.();
  }

  #listen() {
    if (this.#corrected) this.#tell("review", { on: this.#face.review }); // this one goes as usual
    this.#corrected = false;
    this.#nowSpeaks("citizen");
    this.#bar.say("");
  }

  #heard({ text: words, review }) {
    if (this.#corrected) return;
    if (review) this.#composer.review(words);
    else this.#composer.unhear();
  }

  /** The citizen writes into what is being heard: what they make of it counts, not what is heard. */
  #correct() {
    this.#corrected = true;
    this.#tell("review", { on: true });
  }

  #showReading() {
    this.#bar.reading = this.#player.isPlaying;
    this.#nowSpeaks(this.#player.isPlaying ? "assistant" : null);
  }

  #nowSpeaks(who) {
    if (who === this.#speaker) return;
    this.#speaker = who;
    this.#told("speaking", { who });
  }

  #tell(type, told = {}) {
    this.#line?.send({ type, ...told });
  }
}
