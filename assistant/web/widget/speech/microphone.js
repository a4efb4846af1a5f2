/** The microphone: frames of what it hears, and how loud it is. */
import { HERE } from "../kit.js";

const RATE = 16_000; // Hz, what the server hears
const REASONS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "absent",
  OverconstrainedError: "absent",
  NotReadableError: "taken",
};

/** The microphone cannot be used; `reason` is "insecure", "refused", "absent", "taken" or "failed". */
class NoMicrophone extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

export class Microphone {
  #stream;
  #context;

  /**
   * Ask for the microphone and return it. `onSound(frame, level)` receives 16-bit PCM at 16 kHz as an ArrayBuffer and
   * its loudness, 0 to 1. Throws NoMicrophone.
   */
  static async open(onSound) {
    if (!isSecureContext || !navigator.mediaDevices || !globalThis.AudioWorkletNode) throw new NoMicrophone("insecure");
    const microphone = new Microphone();
    try {
      await microphone.#begin(onSound);
    } catch (error) {
      microphone.close();
      throw new NoMicrophone(REASONS[error.name] ?? "failed");
    }
    return microphone;
  }

  async #begin(onSound) {
    const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    this.#stream = await navigator.mediaDevices.getUserMedia({ audio });
    this.#context = new AudioContext();
    await this.#context.audioWorklet.addModule(new URL("microphone_worklet.js", HERE));
    const worklet = new AudioWorkletNode(this.#context, "microphone", { numberOfOutputs: 0, processorOptions: { rate: RATE } });
    worklet.port.onmessage = ({ data }) => onSound(data.frame, data.level);
    this.#context.createMediaStreamSource(this.#stream).connect(worklet);
    await this.#context.resume();
  }

  /** Let go of it; the browser's sign that it is on goes out. */
  close() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#context?.close();
  }
}
