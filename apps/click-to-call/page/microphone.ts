// The microphone: chosen, opened, measured. It is open during calls and tests only.

/** Why there is no microphone. */
export class NoMicrophone extends Error {
  readonly reason: "denied" | "missing" | "busy" | "unavailable";
  constructor(reason: NoMicrophone["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

const CHOICE = "click-to-call.microphone";

export class Microphone {
  stream: MediaStream | undefined;
  #context: AudioContext | undefined;
  #analyser: AnalyserNode | undefined;
  #source: MediaStreamAudioSourceNode | undefined;
  #users = 0;

  get chosen(): string {
    return localStorage.getItem(CHOICE) ?? "default";
  }

  /** Opens it, or joins those who have it open; each `open` wants one `close`. */
  async open(): Promise<MediaStream> {
    this.#users += 1;
    if (this.stream?.active) return this.stream;
    try {
      return await this.#start();
    } catch (error) {
      this.#users -= 1;
      throw error;
    }
  }

  close(): void {
    this.#users = Math.max(0, this.#users - 1);
    if (this.#users === 0) this.#stop();
  }

  /** Takes another one, at once where one is open. */
  async choose(id: string): Promise<MediaStream | undefined> {
    localStorage.setItem(CHOICE, id);
    if (this.#users === 0) return undefined;
    this.#stop();
    return this.#start();
  }

  /** From 0 to 1, as loud as it seems. */
  level(): number {
    if (!this.#analyser) return 0;
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const decibels = 10 * Math.log10(power + 1e-10);
    return Math.min(1, Math.max(0, (decibels + 60) / 50));
  }

  async #start(): Promise<MediaStream> {
    if (!navigator.mediaDevices) throw new NoMicrophone("unavailable");
    const processing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const chosen = this.chosen;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        audio: chosen === "default" ? processing : { ...processing, deviceId: { ideal: chosen } },
      });
    } catch (error) {
      throw new NoMicrophone(reason(error));
    }
    this.#context ??= new AudioContext();
    void this.#context.resume();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 1024;
    this.#source = this.#context.createMediaStreamSource(this.stream);
    this.#source.connect(this.#analyser);
    return this.stream;
  }

  #stop(): void {
    this.#source?.disconnect();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = this.#source = this.#analyser = undefined;
    void this.#context?.suspend();
  }
}

function reason(error: unknown): NoMicrophone["reason"] {
  switch ((error as DOMException).name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "unavailable";
  }
}
