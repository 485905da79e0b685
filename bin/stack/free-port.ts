import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

const given = new Set<number>();

/**
 * For a process that is told where to listen. It lies below the ports that the system gives to outgoing connections, or
 * one of these could take it while the process is started anew; and below 32768, since Temporal on PostgreSQL keeps the
 * ports of its services in 16 bits with a sign. None is given twice by one process.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

/** Neither TCP nor UDP is heard there. */
export async function isFree(port: number): Promise<boolean> {
  const [tcp, udp] = [createServer().listen(port, '127.0.0.1'), createSocket('udp4').bind(port, '127.0.0.1')];
  const heard = await Promise.allSettled([once(tcp, 'listening'), once(udp, 'listening')]);
  const ours = [tcp, udp].filter((_, index) => heard[index]?.status === 'fulfilled');
  await Promise.all(ours.map((socket) => once(socket.close(), 'close')));
  return ours.length === 2;
}
