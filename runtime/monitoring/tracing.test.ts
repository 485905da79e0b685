import { once } from 'node:events';
import { createServer } from 'node:net';
import pino from 'pino';
import { startTracing } from './tracing.ts';

it('a collector that is away is told in the log, and stops nothing', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  silent.close();
  await once(silent, 'close');
  const lines: string[] = [];
  const logger = pino({}, { write: (line) => lines.push(line) });
  const tracing = await startTracing('worker', `http://127.0.0.1:${port}/v1/traces`, logger);
  const failing = async () => {
    throw new Error('no route');
  };
  expect(await tracing?.within('work', { pbx: 'main' }, async () => 7)).toBe(7);
  await expect(tracing?.within('work', { pbx: 'main' }, failing)).rejects.toThrow('no route');
  await tracing?.close();
  expect(lines.join('')).toContain('check TRACES_URL');
});
