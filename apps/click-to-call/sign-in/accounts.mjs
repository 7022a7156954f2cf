// Who may sign in: e-mail and a salted hash, in one file, for one machine.

import { randomBytes, randomUUID, scrypt, timingSafeEqual } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const hash = (password, salt) => promisify(scrypt)(password, salt, 32);
const WRONG = "E-mail or password is wrong.";

export class Accounts {
  #file;
  #all = [];

  /** With an `allowedDomain`, only e-mail addresses of exactly that domain may sign up. */
  constructor(file, allowedDomain) {
    this.#file = file;
    this.allowedDomain = allowedDomain;
    if (file && existsSync(file)) this.#all = JSON.parse(readFileSync(file, "utf8"));
  }

  async create(email, password) {
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) return { error: "Enter an e-mail address." };
    if (this.allowedDomain !== "" && email.split("@")[1] !== this.allowedDomain) {
      return { error: `Only addresses of ${this.allowedDomain} may sign up.` };
    }
    if (password.length < 8) return { error: "A password has at least eight characters." };
    if (this.#byEmail(email)) return { error: "This e-mail address has an account." };
    const salt = randomBytes(16);
    const account = { id: randomUUID(), email, salt: salt.toString("base64"), hash: (await hash(password, salt)).toString("base64") };
    this.#all.push(account);
    this.#save();
    return account;
  }

  async check(email, password) {
    const account = this.#byEmail(email);
    // As slow for an unknown address as for a wrong password.
    const salt = account ? Buffer.from(account.salt, "base64") : Buffer.alloc(16);
    const found = await hash(password, salt);
    if (!account || !timingSafeEqual(found, Buffer.from(account.hash, "base64"))) return { error: WRONG };
    return account;
  }

  async byId(id) {
    const account = this.#all.find((one) => one.id === id);
    if (!account) return undefined;
    const claims = { sub: id, email: account.email, email_verified: false };
    return { accountId: id, claims: async () => claims };
  }

  #byEmail(email) {
    return this.#all.find((one) => one.email.toLowerCase() === email.toLowerCase());
  }

  #save() {
    if (!this.#file) return;
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#all), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
