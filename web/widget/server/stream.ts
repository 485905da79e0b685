import type { WidgetPage } from '../../../proto/widget.ts';
import { serverUrl } from '../server-url.ts';
import { readEvent, type Told } from './events.ts';
import type { Refusal, Server } from './server.ts';

/** The server tells something at least every 15 s. */
const longestSilenceMs = 40_000;
const shortestPauseMs = 1_000;
const longestPauseMs = 60_000;

/** Who hears what is told. */
export interface StreamListener {
  told<Name extends keyof Told>(name: Name, event: Told[Name]): void;
  /** From here the whole is told anew. */
  begins(): void;
  /** Nothing is heard for now; it goes on trying. @param reason in words, if the server has said it */
  lost(reason?: string): void;
}

/** What happens on the person's line, from the server, for as long as the page lives. */
export class EventStream {
  readonly #server: Server;
  readonly #listener: StreamListener;
  #source: EventSource | undefined;
  #page: WidgetPage | undefined;
  #lastSignAtMs = Number.NEGATIVE_INFINITY;
  #failures = 0;
  /** Which attempt is the last. */
  #opening = 0;
  #isStopped = false;
  #silence: number | undefined;
  #pause: number | undefined;

  constructor(server: Server, listener: StreamListener) {
    this.#server = server;
    this.#listener = listener;
    void this.#open();
  }

  stop(): void {
    this.#isStopped = true;
    this.#close();
  }

  /** The whole is told anew; until then it goes on as it is. */
  renew(): void {
    void this.#open();
  }

  async #open(): Promise<void> {
    this.#opening += 1;
    const opening = this.#opening;
    try {
      const { ticket } = await this.#server.ticket();
      if (!this.#isStopped && opening === this.#opening) this.#listen(ticket);
    } catch (refusal) {
      if (opening === this.#opening) this.#openLater(refusal as Refusal);
    }
  }

  #listen(ticket: string): void {
    const source = new EventSource(`${serverUrl}/widget/events?ticket=${encodeURIComponent(ticket)}`);
    this.#close();
    this.#source = source;
    this.#listener.begins();
    this.#watchSilence();
    // left to itself the browser would come again with the same ticket, which is good once
    source.addEventListener('error', () => this.#openLater());
    source.addEventListener('ping', () => {
      this.#watchSilence();
      this.#showLife();
    });
    source.addEventListener('page', ({ data }: MessageEvent<string>) => {
      this.#page = readEvent('page', data);
      this.#lastSignAtMs = Number.NEGATIVE_INFINITY;
    });
    const take = (name: keyof Told) => (message: MessageEvent<string>) => this.#take(name, message.data);
    source.addEventListener('line', take('line'));
    source.addEventListener('call', take('call'));
    source.addEventListener('gone', take('gone'));
    source.addEventListener('click', take('click'));
    source.addEventListener('whole', take('whole'));
  }

  #take(name: keyof Told, text: string): void {
    this.#watchSilence();
    this.#failures = 0;
    const event = readEvent(name, text);
    if (event) this.#listener.told(name, event);
  }

  /** When it hears of the server: a page that is hidden gets its timers late, but not this. */
  #showLife(): void {
    if (!this.#page || performance.now() - this.#lastSignAtMs < this.#page.signEveryMs) return;
    this.#lastSignAtMs = performance.now();
    this.#server.showLife(this.#page.pageId);
  }

  #watchSilence(): void {
    window.clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => this.#openLater(), longestSilenceMs);
  }

  #openLater(refusal?: Refusal): void {
    this.#close();
    if (this.#isStopped) return;
    this.#listener.lost(refusal?.message);
    const pauseMs = Math.min(shortestPauseMs * 2 ** this.#failures, longestPauseMs);
    this.#failures += 1;
    // all pages of a company lose a server at once, and should not come back at once
    this.#pause = window.setTimeout(() => this.#open(), pauseMs * (0.5 + Math.random() / 2));
  }

  #close(): void {
    this.#source?.close();
    this.#source = undefined;
    window.clearTimeout(this.#silence);
    window.clearTimeout(this.#pause);
  }
}
