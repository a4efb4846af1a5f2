/** In the sound thread: what the microphone hears, as frames of 16-bit PCM at the rate that is asked for. */
const FRAMES_PER_SECOND = 20;

class MicrophoneProcessor extends AudioWorkletProcessor {
  constructor({ processorOptions: { rate } }) {
    super();
    this.step = sampleRate / rate; // input samples an output sample stands for
    this.frame = new Int16Array(rate / FRAMES_PER_SECOND);
    this.filled = this.sum = this.taken = this.loudest = 0;
  }

  /** Take input samples; each output sample is the mean of those it stands for, which also softens what is too high. */
  process([[samples]]) {
    for (const sample of samples ?? []) {
      this.sum += sample;
      this.taken += 1;
      if (this.taken >= this.step) this.write();
    }
    return true;
  }

  write() {
    const weight = Math.floor(this.taken);
    const mean = Math.max(-1, Math.min(1, this.sum / weight));
    this.taken -= this.step;
    this.sum = 0;
    this.loudest = Math.max(this.loudest, Math.abs(mean));
    this.frame[this.filled++] = mean * 32767;
    if (this.filled < this.frame.length) return;
    const frame = this.frame.slice().buffer;
    this.port.postMessage({ frame, level: Math.min(1, 2 * this.loudest) }, [frame]);
    this.filled = this.loudest = 0;
  }
}

registerProcessor("microphone", MicrophoneProcessor);
