import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A network on the way to amoCRM that delays whatever is sent there by up to so many ms, each time anew. */
export async function startSlowWay(url: string, longestDelayMs: number): Promise<{ url: string; close(): void }> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    far.pipe(near);
    let way: Promise<unknown> = Promise.resolve();
    near.on('data', (chunk) => {
      way = way.then(() => sleep(Math.random() * longestDelayMs)).then(() => far.write(chunk));
    });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => [near, far].map((each) => each.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
