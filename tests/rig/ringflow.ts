import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { compiledOnce } from './part.ts';

/** Starts `bin/ringflow …`. */
export const startRingflow = (environment: Record<string, string>, args: string[]) =>
  spawn(join(import.meta.dirname, '../../bin/ringflow'), args, {
    env: { PATH: process.env.PATH, ...compiledOnce, ...environment },
  });

/** Runs `bin/ringflow …` as a person does. @param input what it reads on standard input */
export async function runRingflow(environment: Record<string, string>, args: string[], input = '') {
  const child = startRingflow(environment, args);
  child.stdin.on('error', () => undefined).end(input); // it may have ended before it read
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number, output, errors };
}
