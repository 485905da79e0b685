import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isFree } from './free-port.ts';
import { privateFolder } from './programs.ts';

/** What an installation must find again at its next start: the ports it chose and the passwords it made. */
export class Memory {
  readonly #file: string;
  readonly #values: Record<string, string | number>;

  constructor(stateFolder: string) {
    this.#file = join(privateFolder(stateFolder), 'memory.json');
    this.#values = existsSync(this.#file) ? JSON.parse(readFileSync(this.#file, 'utf8')) : {};
  }

  /** A password made once. */
  secret(name: string): string {
    return this.#madeOnce(`secret.${name}`, () => randomBytes(24).toString('base64url'));
  }

  /** An id made once. */
  uuid(name: string): string {
    return this.#madeOnce(`uuid.${name}`, randomUUID);
  }

  /** A key of 32 bytes made once, in base64. */
  key(name: string): string {
    return this.#madeOnce(`key.${name}`, () => randomBytes(32).toString('base64'));
  }

  #madeOnce(key: string, make: () => string): string {
    if (this.#values[key] === undefined) {
      this.#values[key] = make();
      this.#write();
    }
    return String(this.#values[key]);
  }

  /**
   * The port of the last time, unless somebody else has taken it since; at first the preferred one if it is free, else
   * any (always any for 0).
   *
   * @param isInUse whether it is our own process that listens there now
   */
  async port(name: string, preferred: number, isInUse: boolean): Promise<number> {
    const key = `port.${name}`;
    const known = this.#values[key];
    if (typeof known === 'number' && (isInUse || (await isFree(known)))) return known;
    const isGood = preferred > 0 && (await isFree(preferred)) && !this.#isTaken(preferred);
    const port = isGood ? preferred : await freePort();
    this.#values[key] = port;
    this.#write();
    return port;
  }

  #isTaken(port: number): boolean {
    return Object.values(this.#values).includes(port);
  }

  #write(): void {
    writeFileSync(this.#file, JSON.stringify(this.#values, null, 2), { mode: 0o600 });
  }
}
