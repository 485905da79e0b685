import type { Dock } from '../dock/dock.ts';
import type { Refusal, Server } from '../server/server.ts';
import type { Click, ClickState } from '../server/wire.ts';
import { filled, type Texts } from '../texts.ts';
import { ClickCard } from './click-card.ts';

/** Whoever clicks twice means one call. */
const doubleClickMs = 3_000;
/** So long a card stays when there is nothing more to tell. */
const talkingMs = 3_000;
const endedMs = 12_000;

const order: readonly (ClickState | 'sent')[] = [
  'sent',
  'employee-rings',
  'client-rings',
  'talking',
  'ended',
  'failed',
];

/** Clicks on numbers, each with a card that tells what came of it. */
export class Clicks {
  readonly #dock: Dock;
  readonly #server: Server;
  readonly #texts: Texts;
  readonly #cards = new Map<string, ClickCard>();
  readonly #over = new Set<string>();
  #last = { digits: '', atMs: Number.NEGATIVE_INFINITY };

  constructor(dock: Dock, server: Server, texts: Texts) {
    this.#dock = dock;
    this.#server = server;
    this.#texts = texts;
  }

  /** @param number as it is displayed */
  async call(number: string): Promise<void> {
    const click = { digits: number.replace(/\D/g, ''), atMs: performance.now() };
    const isDouble = click.digits === this.#last.digits && click.atMs - this.#last.atMs < doubleClickMs;
    if (isDouble) return;
    this.#last = click;
    const requestId = crypto.randomUUID();
    this.#show({ requestId, number, state: 'sent' });
    try {
      const { state } = await this.#server.placeCall(requestId, number);
      this.#show({ requestId, number, state });
    } catch (refusal) {
      const { message, whatToDo } = refusal as Refusal;
      this.#show({ requestId, number, state: 'failed', message, whatToDo });
    }
  }

  /** A click in another window is told where the person looks. */
  told(click: Click): void {
    const isHere = this.#cards.has(click.requestId) || document.visibilityState === 'visible';
    if (isHere) this.#show(click);
  }

  #show(click: Omit<Click, 'state'> & { state: ClickState | 'sent' }): void {
    if (this.#over.has(click.requestId)) return;
    const card = this.#cards.get(click.requestId) ?? this.#newCard(click.requestId, click.number);
    if (order.indexOf(click.state) < order.indexOf(card.state)) return;
    if (card.show(click)) this.#dock.announce(card.words);
    if (click.state === 'talking') this.#closeLater(click.requestId, talkingMs);
    if (click.state === 'ended') this.#closeLater(click.requestId, endedMs);
  }

  #newCard(requestId: string, number: string): ClickCard {
    const label = filled(this.#texts.click.label, { number });
    const card = new ClickCard(label, this.#texts, () => this.#close(requestId));
    this.#cards.set(requestId, card);
    this.#dock.add(card.element);
    return card;
  }

  #closeLater(requestId: string, afterMs: number): void {
    const card = this.#cards.get(requestId);
    const { state } = card ?? {};
    window.setTimeout(() => {
      if (this.#cards.get(requestId)?.state === state) this.#take(requestId);
    }, afterMs);
  }

  /** By hand: what is told later is not wanted. */
  #close(requestId: string): void {
    this.#over.add(requestId);
    this.#take(requestId);
  }

  #take(requestId: string): void {
    this.#cards.get(requestId)?.element.remove();
    this.#cards.delete(requestId);
  }
}
