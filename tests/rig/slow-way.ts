import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

interface Way {
  /** The same address over this way. */
  url: string;
  close(): void;
}

/** A network on the way to amoCRM that delays whatever is sent there by up to so many ms, each time anew. */
export const startSlowWay = (url: string, longestDelayMs: number): Promise<Way> =>
  startWay(url, () => sleep(Math.random() * longestDelayMs));

/** A way on which nothing gets on while its gate is shut. */
export async function startGatedWay(url: string): Promise<Way & { shut(): void; open(): void }> {
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const way = await startWay(url, () => gate.promise);
  return {
    ...way,
    shut: () => (gate = Promise.withResolvers<void>()),
    open: () => gate.resolve(),
  };
}

/** @param pass waited for before anything is sent on */
async function startWay(url: string, pass: () => Promise<unknown>): Promise<Way> {
  const { hostname, port, host } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    far.pipe(near);
    let way: Promise<unknown> = Promise.resolve();
    near.on('data', (chunk) => {
      way = way.then(pass).then(() => far.write(chunk));
    });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => [near, far].map((each) => each.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: url.replace(host, `127.0.0.1:${(server.address() as { port: number }).port}`),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
