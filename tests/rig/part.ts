import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { servers } from './servers.ts';

const root = join(import.meta.dirname, '../..');
/** Processes are started hundreds of times: what Node has made of a source is kept for the next. */
export const compiledOnce = { NODE_COMPILE_CACHE: join(servers.stateFolder, 'compiled') };

/** A process of Ringflow, run as in production. */
export interface Part {
  pid: number;
  /** What it has written so far. */
  log(): string;
  /** Resolves when its log holds this; fails if the process ends first. */
  said(text: string | RegExp): Promise<void>;
  ready: Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
  /** SIGTERM, as an operator does; resolves with the exit code. */
  stop(): Promise<number | null>;
  ended: Promise<number | null>;
}

/**
 * @param file from the root, e.g. `workers/worker.ts`
 * @param version the folder of another version
 */
export function startPart(file: string, environment: Record<string, string>, version = root): Part {
  const child = spawn(join(root, 'node_modules/.bin/node'), [join(version, file)], {
    cwd: version,
    env: { PATH: process.env.PATH, ...compiledOnce, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const said = (text: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (typeof text === 'string' ? !log.includes(text) : !text.test(log)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`${file} ended before it said ${text}:\n${log}`)));
    });
  const ready = Promise.race([once(child, 'message'), ended]).then((message) => {
    if (!Array.isArray(message)) throw new Error(`${file} ended with ${message}:\n${log}`);
    if (child.connected) child.disconnect(); // as bin/up leaves it to itself
  });
  ready.catch(() => undefined); // told to whoever awaits it
  return {
    ...{ pid: child.pid ?? 0, log: () => log, said, ready, ended },
    ...{ kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') },
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<never> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
  return child.exitCode as never;
}
