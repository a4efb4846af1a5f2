/** What one sees and touches while speaking: the button, how loud it is, what goes on, and help when it fails. */
import { button, element, icon, iconButton, offerButton, text, toggle } from "../kit.js";
import { TalkButton } from "./talk_button.js";

export class SpeechBar {
  #face;
  #on;
  #state = "";
  #meter = element("span", { class: "meter", "aria-hidden": "true" }, [1, 2, 3, 4, 5].map(() => element("i")));
  #status = element("p", { class: "status", role: "status" });
  #notice = element("div", { class: "said", role: "status" });
  #tools = element("div", { class: "tools" });
  #help = element("div", { class: "help", role: "alert" });
  #stop = button([icon("stop"), text("speech.stop")], () => this.#on.interrupt(), "button stop");
  #talk = new TalkButton({
    onPress: () => (this.#face.handsFree ? this.#on.interrupt() : this.#on.press()),
    onRelease: () => this.#face.handsFree || this.#on.release(),
    onChange: () => this.#label(),
  });
  #body;

  /** `on` is what is to be done, by name: close, open, press, release, interrupt, say(words). */
  constructor(face, on) {
    this.#face = face;
    this.#on = on;
    this.#stop.hidden = true;
    this.#body = element(
      "div",
      { class: "speech", hidden: true },
      element(
        "div",
        { class: "top" },
        this.#meter,
        this.#status,
        iconButton("keyboard", "speech.close", () => this.#on.close()),
      ),
      this.#notice,
      this.#talk.node,
      this.#tools,
      this.#help,
    );
    this.nodes = [this.#stop, this.#body];
  }

  /** How loud it is, 0 to 1. */
  set level(level) {
    this.#meter.style.setProperty("--level", level.toFixed(2));
  }

  /** Whether something is being read aloud. */
  set reading(reading) {
    const bySpeaking = this.#face.handsFree && !this.#body.hidden; // the large button interrupts
    this.#stop.hidden = !reading || bySpeaking;
  }

  /** Show that the microphone is being asked for. */
  open() {
    const face = this.#face;
    this.#body.hidden = false;
    this.#help.hidden = true;
    this.#tools.hidden = this.#talk.node.hidden = false;
    this.#talk.node.disabled = true;
    this.#notice.replaceChildren();
    this.#tools.replaceChildren(
      toggle(text("speech.hands_free"), face.handsFree, (on) => this.#talkAs(on)),
      toggle(text("speech.review"), face.review, (on) => face.choose("review", on)),
      button(text("speech.slower"), () => face.adjust("speed", -0.2)),
      button(text("speech.louder"), () => face.adjust("volume", 0.2)),
    );
    this.state("opening");
  }

  close() {
    this.#talk.release();
    this.#body.hidden = true;
    this.reading = false;
  }

  /** Show that one may speak. */
  ready() {
    this.#talk.node.disabled = false;
    this.say("");
    this.state("listening");
  }

  /** Show what the session does: a state of the wire, or "opening". */
  state(state) {
    this.#state = state;
    const rests = state === "listening" && !this.#face.handsFree;
    this.#status.textContent = text(`speech.state_${rests ? "hold" : state}`);
    this.#body.dataset.state = state;
    this.#label();
  }

  /** Show a sentence beside the replies, and what may be touched in answer. */
  say(words, choices = []) {
    this.#notice.replaceChildren(words, ...choices.map((label) => offerButton(label, () => this.#on.say(label))));
  }

  /** Say why one cannot speak, and what to do about it. */
  trouble(reason) {
    this.state("closed");
    this.level = 0;
    this.#talk.node.hidden = this.#tools.hidden = true;
    this.#help.replaceChildren(
      element("h3", {}, icon("alert"), text(`speech.${reason}`)),
      element("p", {}, text(`speech.${reason}_help`)),
      element(
        "div",
        { class: "buttons" },
        button(text("start.retry"), () => this.#on.open(), "button primary"),
        button(text("speech.close"), () => this.#on.close()),
      ),
    );
    this.#help.hidden = false;
  }

  #talkAs(handsFree) {
    this.#face.choose("handsFree", handsFree);
    this.#on.open();
  }

  #label() {
    const { handsFree } = this.#face;
    const { node, isHeld, latched } = this.#talk;
    const interrupts = handsFree && this.#state === "speaking";
    const holding = isHeld ? (latched ? "talk_tap" : "talk_release") : "talk_hold";
    const key = handsFree ? (interrupts ? "talk_interrupt" : "talk_open") : holding;
    node.replaceChildren(icon(interrupts ? "stop" : "microphone"), text(`speech.${key}`));
    node.classList.toggle("held", isHeld && !handsFree);
    node.setAttribute("aria-pressed", isHeld && !handsFree);
  }
}
