import type { WidgetClick } from '../../../proto/widget.ts';
import type { Dock } from '../dock/dock.ts';
import type { Refusal, Server } from '../server/server.ts';
import { filled, type Texts } from '../texts.ts';
import { ClickCard } from './click-card.ts';

/** Whoever clicks twice means one call. */
const doubleClickMs = 3_000;
/** So long a card stays when there is nothing more to tell. */
const talkingMs = 3_000;
const endedMs = 12_000;
/** So long a page that was opened since tells how a click came out. */
const newsMs = 20_000;

const order: readonly WidgetClick['state'][] = [
  'planning',
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
    this.#show({ requestId, number, state: 'planning' });
    try {
      const placed = await this.#server.placeCall(requestId, number);
      if (placed.requestId !== requestId) this.#take(requestId); // one of another window, a moment before
      this.#show({ number, ...placed });
    } catch (refusal) {
      const { message, whatToDo } = refusal as Refusal;
      this.#show({ requestId, number, state: 'failed', message, whatToDo });
    }
  }

  /** A click in another window is told where the person looks. */
  told(click: WidgetClick): void {
    const isKnown = this.#cards.has(click.requestId);
    const isOver = ['talking', 'ended', 'failed'].includes(click.state);
    if (isOver && !isKnown && click.agoMs > newsMs) return; // was told on the page before
    const isHere = isKnown || document.visibilityState === 'visible';
    if (isHere) this.#show(click);
  }

  #show(click: Omit<WidgetClick, 'agoMs'>): void {
    if (this.#over.has(click.requestId)) return;
    const card = this.#cards.get(click.requestId) ?? this.#newCard(click.requestId, click.number);
    if (order.indexOf(click.state) < order.indexOf(card.state)) return;
    if (card.show(click)) this.#dock.announce(card.words);
    if (click.state === 'talking') this.#closeLater(click.requestId, talkingMs);
    if (click.state === 'ended') this.#closeLater(click.requestId, endedMs);
  }

  #newCard(requestId: string, number: string): ClickCard {
    const label = filled(this.#texts.click.label, { number });
    const card = new ClickCard(label, this.#texts, () => this.#take(requestId));
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

  /** What is told of it later is not wanted, or known. */
  #take(requestId: string): void {
    this.#over.add(requestId);
    this.#cards.get(requestId)?.element.remove();
    this.#cards.delete(requestId);
  }
}
