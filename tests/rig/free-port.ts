import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** For a process that is told where to listen. */
export function freePort(): Promise<number> {
  return listenAt(0);
}

/** Below those that the system gives out. Temporal on PostgreSQL keeps the ports of its services in 16 bits with a sign. */
export async function freeLowPort(): Promise<number> {
  for (;;) {
    const port = await listenAt(randomInt(20_000, 32_000)).catch(() => undefined);
    if (port !== undefined) return port;
  }
}

async function listenAt(port: number): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
