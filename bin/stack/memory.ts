import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
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
    return String(this.#remember(`secret.${name}`, () => randomBytes(24).toString('base64url')));
  }

  /** The port of the last time; at first the preferred one if it is free, else any (always any for 0). */
  async port(name: string, preferred: number): Promise<number> {
    const key = `port.${name}`;
    if (this.#values[key] === undefined) {
      const port = (await isFree(preferred)) && !this.#isTaken(preferred) ? preferred : await freePort();
      this.#remember(key, () => port);
    }
    return Number(this.#values[key]);
  }

  #isTaken(port: number): boolean {
    return Object.values(this.#values).includes(port);
  }

  #remember(key: string, make: () => string | number): string | number {
    const value = this.#values[key] ?? make();
    if (this.#values[key] === undefined) {
      this.#values[key] = value;
      writeFileSync(this.#file, JSON.stringify(this.#values, null, 2), { mode: 0o600 });
    }
    return value;
  }
}

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

const freePort = (): Promise<number> => listen(0);

async function isFree(port: number): Promise<boolean> {
  return listen(port).then(
    () => true,
    () => false,
  );
}
