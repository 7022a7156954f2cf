// Sounds of the telephone itself: the key under the finger, and the ringing while somebody is called.

const KEYS = "123456789*0#";
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];

export class Tones {
  #context: AudioContext | undefined;
  #ringing: number | undefined;

  /** The sound of a key, for whoever presses it; the callee gets the digit by another way. */
  key(digit: string): void {
    const at = KEYS.indexOf(digit);
    if (at >= 0) this.#play([ROWS[Math.floor(at / 3)]!, COLUMNS[at % 3]!], 0.12, 0.04);
  }

  /** A friendly sound to find the speaker by. */
  chime(): void {
    this.#play([523.25], 0.25, 0.12);
    this.#play([659.25], 0.45, 0.12, 0.2);
  }

  startRinging(): void {
    if (this.#ringing !== undefined) return;
    const ring = () => this.#play([440, 480], 1.6, 0.05);
    ring();
    this.#ringing = window.setInterval(ring, 4000);
  }

  stopRinging(): void {
    window.clearInterval(this.#ringing);
    this.#ringing = undefined;
    void this.#context?.suspend();
  }

  /** Where it sounds, where browsers let one choose. */
  async choose(speaker: string): Promise<void> {
    const context = this.#opened() as AudioContext & { setSinkId?: (id: string) => Promise<void> };
    await context.setSinkId?.(speaker === "default" ? "" : speaker);
  }

  #opened(): AudioContext {
    this.#context ??= new AudioContext();
    return this.#context;
  }

  #play(frequencies: number[], seconds: number, volume: number, after = 0): void {
    const context = this.#opened();
    void context.resume();
    const start = context.currentTime + after;
    const gain = context.createGain();
    // Without slopes it clicks.
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(volume, start + 0.015);
    gain.gain.setValueAtTime(volume, start + seconds - 0.03);
    gain.gain.linearRampToValueAtTime(0, start + seconds);
    gain.connect(context.destination);
    for (const frequency of frequencies) {
      const oscillator = context.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(gain);
      oscillator.start(start);
      oscillator.stop(start + seconds);
    }
  }
}
