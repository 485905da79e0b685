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
export function startGatedWay(url: string): Promise<GatedWay> {
  return gated((pass) => startWay(url, pass));
}

/** A way on which all gets there, but no answer comes back while its gate is shut. */
export function startMuteWay(url: string): Promise<GatedWay> {
  return gated((pass) => startWay(url, async () => undefined, pass));
}

type GatedWay = Way & { shut(): void; open(): void };

async function gated(start: (pass: () => Promise<unknown>) => Promise<Way>): Promise<GatedWay> {
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const way = await start(() => gate.promise);
  return {
    ...way,
    shut: () => (gate = Promise.withResolvers<void>()),
    open: () => gate.resolve(),
  };
}

/** @param pass waited for before anything is sent on @param passBack before any answer is */
async function startWay(url: string, pass: () => Promise<unknown>, passBack?: () => Promise<unknown>): Promise<Way> {
  const { hostname, port, host } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    carry(near, far, pass);
    if (passBack) carry(far, near, passBack);
    else far.pipe(near);
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

function carry(from: Socket, to: Socket, pass: () => Promise<unknown>): void {
  let way: Promise<unknown> = Promise.resolve();
  from.on('data', (chunk) => {
    way = way.then(pass).then(() => to.write(chunk));
  });
}
