import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Daemons } from './daemons.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringflow-daemons-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('the log of a process that has ended stands beside that of the one started in its place', async () => {
  const daemons = new Daemons(folder);
  const start = (says: string) => {
    const code = `console.log(${JSON.stringify(says)}); setInterval(() => undefined, 1000)`;
    const isUp = async () => readFileSync(daemons.logOf('part'), 'utf8').includes(says);
    return daemons.start({ name: 'part', program: process.execPath, args: ['-e', code], isUp, timeoutMs: 20_000 });
  };
  for (const says of ['the reason', 'a new life']) {
    expect(await start(says)).toBe(true);
    await daemons.stop('part');
  }
  expect(readFileSync(daemons.logOf('part'), 'utf8')).toBe('a new life\n');
  expect(readFileSync(join(folder, 'log/part.previous.log'), 'utf8')).toBe('the reason\n');
});
