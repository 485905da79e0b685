import { serverUrl } from '../server-url.ts';
import type { Told } from './events.ts';
import type { Server } from './server.ts';
import { EventStream, type StreamListener } from './stream.ts';

/** What the page that has the stream tells the others; `joins`: a page has come that knows nothing yet. */
type Message =
  | { kind: 'told'; name: keyof Told; event: Told[keyof Told] }
  | { kind: 'begins' }
  | { kind: 'lost'; reason: string | undefined }
  | { kind: 'joins' };

/**
 * The stream of one person, however many pages of amoCRM they have open in a browser: one of them has it for all, when it
 * is closed the next. A browser opens six connections to a server and no more, and each stream would take one.
 */
export class SharedStream {
  readonly #server: Server;
  readonly #listener: StreamListener;
  readonly #channel: BroadcastChannel;
  readonly #stopping = new AbortController();
  #stream: EventStream | undefined;

  constructor(server: Server, listener: StreamListener, userId: string) {
    this.#server = server;
    this.#listener = listener;
    const name = `ringflow-widget:${serverUrl}:${userId}`;
    this.#channel = new BroadcastChannel(name);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Message>) => this.#hear(data));
    this.#channel.postMessage({ kind: 'joins' } satisfies Message);
    navigator.locks.request(name, { signal: this.#stopping.signal }, () => this.#lead()).catch(() => undefined); // stopped before its turn came
  }

  stop(): void {
    this.#stopping.abort();
    this.#stream?.stop();
    this.#channel.close();
  }

  /** As long as this page lives. */
  #lead(): Promise<void> {
    const pass = (message: Message) => {
      this.#take(message);
      this.#channel.postMessage(message);
    };
    this.#stream = new EventStream(this.#server, {
      told: (name, event) => pass({ kind: 'told', name, event }),
      begins: () => pass({ kind: 'begins' }),
      lost: (reason) => pass({ kind: 'lost', reason }),
    });
    return new Promise((resolve) => {
      this.#stopping.signal.addEventListener('abort', () => resolve());
    });
  }

  #hear(message: Message): void {
    if (message.kind === 'joins') this.#stream?.renew();
    else this.#take(message);
  }

  #take(message: Message): void {
    if (message.kind === 'told') this.#listener.told(message.name, message.event);
    if (message.kind === 'begins') this.#listener.begins();
    if (message.kind === 'lost') this.#listener.lost(message.reason);
  }
}
