/** Two short tones, made by the browser; silent until the page was clicked or typed in once, as browsers ask for. */
const TONES = [
  [660, 0],
  [880, 0.14],
];
const LASTS_S = 0.22;
let sound = null;

export function chime() {
  sound ??= new AudioContext();
  sound.resume();
  for (const [frequency, after] of TONES) {
    const begins = sound.currentTime + after;
    const tone = sound.createOscillator();
    const loudness = sound.createGain();
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0.12, begins);
    loudness.gain.exponentialRampToValueAtTime(0.001, begins + LASTS_S);
    tone.connect(loudness).connect(sound.destination);
    tone.start(begins);
    tone.stop(begins + LASTS_S);
  }
}
