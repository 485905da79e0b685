import type { WidgetCall, WidgetGone } from '../../../proto/widget.ts';
import { tellCalling } from '../amocrm/page.ts';
import type { Dock } from '../dock/dock.ts';
import type { Texts } from '../texts.ts';
import { CallCard } from './call-card.ts';
import { endOf, kindOf } from './call-words.ts';
import { ClientBook } from './client-facts.ts';

/** So long a card says why it closes. */
const farewellMs = 4_000;
const tickMs = 1_000;

/** The calls of the person that go on, each with its card until they close it. */
export class Calls {
  readonly #dock: Dock;
  readonly #texts: Texts;
  readonly #userId: number;
  readonly #book = new ClientBook();
  readonly #cards = new Map<string, CallCard>();
  readonly #calls = new Map<string, WidgetCall>();
  /** Cards that were closed by hand stay closed. */
  readonly #closed = new Set<string>();
  readonly #toldAnew = new Set<string>();
  readonly #ticking: number;

  constructor(dock: Dock, texts: Texts, userId: number) {
    this.#dock = dock;
    this.#texts = texts;
    this.#userId = userId;
    this.#ticking = window.setInterval(() => this.#tick(), tickMs);
  }

  told(call: WidgetCall): void {
    this.#toldAnew.add(call.id);
    this.#calls.set(call.id, call);
    this.#tellCalling();
    const card = this.#cards.get(call.id);
    if (card) card.update(call);
    else if (!this.#closed.has(call.id)) this.#show(call);
  }

  gone({ id, why }: WidgetGone): void {
    this.#calls.delete(id);
    this.#closed.delete(id);
    this.#tellCalling();
    const card = this.#cards.get(id);
    if (!card) return;
    this.#cards.delete(id);
    const words = endOf(why, this.#texts);
    if (words === undefined) {
      card.element.remove();
      return;
    }
    card.end(words);
    this.#dock.announce(`${card.who}: ${words}`);
    window.setTimeout(() => card.element.remove(), farewellMs);
  }

  /** From here all calls are told anew … */
  begins(): void {
    this.#toldAnew.clear();
  }

  /** … and those that were not are over. */
  wholeTold(): void {
    const over = [...this.#calls.keys()].filter((id) => !this.#toldAnew.has(id));
    for (const id of over) this.gone({ id, why: 'over' });
  }

  stop(): void {
    window.clearInterval(this.#ticking);
    this.#calls.clear();
    this.#tellCalling();
  }

  #show(call: WidgetCall): void {
    const close = () => {
      card.element.remove();
      if (this.#cards.get(call.id) !== card) return; // it was ending already
      this.#closed.add(call.id);
      this.#cards.delete(call.id);
    };
    const card = new CallCard(call, { texts: this.#texts, book: this.#book, userId: this.#userId, close });
    this.#cards.set(call.id, card);
    this.#dock.add(card.element);
    this.#dock.announce(`${kindOf(call, this.#texts)}: ${card.who}`);
  }

  #tick(): void {
    for (const card of this.#cards.values()) card.tick();
  }

  #tellCalling(): void {
    tellCalling([...this.#calls.values()].some(({ doing }) => doing === 'talks' || doing === 'holds'));
  }
}
