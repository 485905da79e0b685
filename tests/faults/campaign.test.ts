import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

jest.setTimeout(900_000);

let child: ChildProcess | undefined;
afterAll(() => child?.kill()); // it takes its servers along

/** It kills servers, which have to be its own; each kind of fault once. */
it('whatever dies while calls come in, each is registered once, no client stands twice, and no click rings twice', async () => {
  const campaign = ['--seed', '1', '--seconds', '38', '--every', '2', '--per-second', '1'];
  const running = spawn(join(import.meta.dirname, '../../bin/faults'), campaign);
  child = running;
  const [output, errors, [code]] = await Promise.all([
    text(running.stdout),
    text(running.stderr),
    once(running, 'close'),
  ]);
  expect([code, output, code === 0 ? '' : errors]).toEqual([
    0,
    expect.stringContaining('nothing lost, nothing doubled'),
    '',
  ]);
});
