import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface ReceivedHook {
  contentType: string;
  /** Decoded, in the order in which they came. */
  fields: [key: string, value: string][];
}

/** Somebody whom webhooks are sent to. */
export interface HookReceiver {
  url: string;
  /** The first that nobody has asked for yet, as soon as it is there. */
  next(): Promise<ReceivedHook>;
  /** How the coming ones are answered; `silence` is no answer at all. */
  answerWith(status: number | 'silence'): void;
  close(): Promise<void>;
}

export async function startHookReceiver(): Promise<HookReceiver> {
  const received: ReceivedHook[] = [];
  const waiting: ((hook: ReceivedHook) => void)[] = [];
  let status: number | 'silence' = 200;
  const answer = (response: ServerResponse) => {
    if (status !== 'silence') response.writeHead(status, { location: '/elsewhere' }).end();
  };
  const server = createServer(async (request, response) => {
    const fields = [...new URLSearchParams(await text(request))];
    const hook = { contentType: request.headers['content-type'] ?? '', fields };
    answer(response);
    const asker = waiting.shift();
    if (asker) asker(hook);
    else received.push(hook);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/secret`,
    next() {
      const first = received.shift();
      return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
    },
    answerWith(next) {
      status = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
