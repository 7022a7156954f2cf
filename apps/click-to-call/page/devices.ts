// The choice of microphone and speaker, the level, and the two tests.

import { type Microphone, NoMicrophone } from "./microphone.ts";
import type { Phone } from "./phone.ts";
import type { Tones } from "./tones.ts";
import { microphone as words } from "./words.ts";

const SPEAKER = "click-to-call.speaker";
const TEST_MS = 10_000;

export class Devices {
  readonly #microphone: Microphone;
  readonly #phone: Phone;
  readonly #tones: Tones;
  readonly #inputs = document.getElementById("microphone") as HTMLSelectElement;
  readonly #outputs = document.getElementById("speaker") as HTMLSelectElement;
  readonly #meter = document.getElementById("meter")!;
  readonly #test = document.getElementById("test-microphone") as HTMLButtonElement;
  readonly #hint = document.getElementById("sound-hint")!;
  #testing: number | undefined;

  constructor(microphone: Microphone, phone: Phone, tones: Tones) {
    this.#microphone = microphone;
    this.#phone = phone;
    this.#tones = tones;
    this.#inputs.onchange = () => void this.#choose();
    this.#outputs.onchange = () => void this.#chooseSpeaker();
    this.#test.onclick = () => void this.#toggleTest();
    document.getElementById("test-speaker")!.onclick = () => tones.chime();
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.#list());
    void this.#list().then(() => this.#chooseSpeaker());
    this.#measure();
  }

  async #list(): Promise<void> {
    const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    fill(this.#inputs, devices, "audioinput", "Microphone", this.#microphone.chosen);
    fill(this.#outputs, devices, "audiooutput", "Speaker", localStorage.getItem(SPEAKER) ?? "default");
    // Some browsers leave the choice of the speaker to the system.
    this.#outputs.disabled = !("setSinkId" in HTMLMediaElement.prototype);
  }

  async #choose(): Promise<void> {
    await this.#say(this.#phone.chooseMicrophone(this.#inputs.value));
  }

  async #chooseSpeaker(): Promise<void> {
    const id = this.#outputs.value || "default";
    localStorage.setItem(SPEAKER, id);
    await this.#phone.chooseSpeaker(id);
    if (id !== "default") await this.#tones.choose(id);
  }

  async #toggleTest(): Promise<void> {
    if (this.#testing !== undefined) return this.#endTest();
    this.#testing = window.setTimeout(() => this.#endTest(), TEST_MS);
    this.#test.setAttribute("aria-pressed", "true");
    this.#test.textContent = "Stop";
    const opened = await this.#say(this.#microphone.open());
    if (!opened) {
      window.clearTimeout(this.#testing);
      this.#testing = undefined;
      this.#rest();
    }
  }

  #endTest(): void {
    window.clearTimeout(this.#testing);
    this.#testing = undefined;
    this.#microphone.close();
    this.#rest();
  }

  #rest(): void {
    this.#test.setAttribute("aria-pressed", "false");
    this.#test.textContent = "Test";
  }

  /** Whether it worked; if not, says why. */
  async #say(work: Promise<unknown>): Promise<boolean> {
    this.#hint.textContent = "";
    try {
      await work;
      // Names are known only to those who may listen.
      await this.#list();
      return true;
    } catch (error) {
      this.#hint.textContent = words(error instanceof NoMicrophone ? error.reason : "unavailable");
      return false;
    }
  }

  #measure(): void {
    let shown = -1;
    let named = false;
    const look = () => {
      const open = this.#microphone.stream?.active ?? false;
      if (open && !named) void this.#list();
      named = open;
      const percent = Math.round(this.#microphone.level() * 100);
      if (percent !== shown) {
        shown = percent;
        this.#meter.style.setProperty("--level", String(percent / 100));
        this.#meter.setAttribute("aria-valuenow", String(percent));
      }
      // As often as one can see, and seldom while there is nothing to see.
      if (open) requestAnimationFrame(look);
      else setTimeout(look, 300);
    };
    look();
  }
}

function fill(select: HTMLSelectElement, devices: MediaDeviceInfo[], kind: MediaDeviceKind, name: string, chosen: string): void {
  const options = [new Option("System default", "default")];
  let count = 0;
  for (const device of devices) {
    if (device.kind !== kind || !device.deviceId || device.deviceId === "default") continue;
    count += 1;
    options.push(new Option(device.label || `${name} ${count}`, device.deviceId));
  }
  select.replaceChildren(...options);
  select.value = options.some((option) => option.value === chosen) ? chosen : "default";
}
