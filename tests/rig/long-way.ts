import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A tunnel to a PBX far away. */
interface LongWay {
  /** The same address over this way. */
  url: string;
  /** Connections break, and both sides hear of it. */
  cut(): void;
  /** Nothing gets through from now on, and nobody is told; connections of now stay mute for good, as behind a NAT that has forgotten them. */
  lose(): void;
  /** New connections get through again. */
  heal(): void;
  close(): void;
}

/** @param delayMs each way */
export async function startLongWay(url: string, delayMs: number): Promise<LongWay> {
  const { hostname, port, host } = new URL(url);
  const sockets = new Set<Socket>();
  let isLost = false;
  /** Aborted when what is connected now becomes mute. */
  let mute = new AbortController();
  const server = createServer((near) => {
    keep(near);
    if (isLost) return;
    const far = keep(connect(Number(port), hostname));
    for (const [from, to] of [[near, far] as const, [far, near] as const]) carry(from, to, mute.signal);
  });
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const carry = (from: Socket, to: Socket, muted: AbortSignal): void => {
    const later = (act: () => void) => void sleep(delayMs).then(() => !muted.aborted && act());
    from.on('data', (chunk) => later(() => to.write(chunk)));
    from.on('close', () => later(() => to.destroy()));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.replace(host, `127.0.0.1:${(server.address() as { port: number }).port}`),
    cut,
    lose() {
      isLost = true;
      mute.abort();
      mute = new AbortController();
    },
    heal() {
      isLost = false;
    },
    close() {
      server.close();
      cut();
    },
  };
}
