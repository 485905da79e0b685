import type { WidgetCard } from '../../activities/store/widget-cards.ts';
import type { ToldClick } from '../../proto/calling/told-click.ts';
import type { LiveCall } from '../../proto/live-call.ts';
import type { WidgetCall, WidgetClick, WidgetGone, WidgetLine, WidgetPage } from '../../proto/widget.ts';
import type { ClickReason } from '../../workflows/click-to-call/contract.ts';
import { type Language, words } from '../words.ts';
import { cardFor, cardId, type Viewer, whyGone } from './card.ts';
import { clickWords } from './words.ts';

export type WidgetEvent =
  | { event: 'page'; data: WidgetPage }
  | { event: 'line'; data: WidgetLine }
  | { event: 'call'; data: WidgetCall }
  | { event: 'gone'; data: WidgetGone }
  | { event: 'click'; data: WidgetClick }
  /** All that the page should show has been told. */
  | { event: 'whole'; data: Record<string, never> }
  | { event: 'ping'; data: Record<string, never> };

/** A PBX says that a phone has stopped ringing a moment before it says who has answered. */
const answerFollowsWithinMs = 2_000;

/** What one page of amoCRM shows; only what changes there is told. */
export class Screen {
  readonly #tell: (event: WidgetEvent) => void;
  readonly #language: Language;
  #viewer: Viewer;
  readonly #cards = new Map<string, WidgetCard>();
  readonly #shown = new Map<string, WidgetCall>();
  readonly #closing = new Map<string, NodeJS.Timeout>();
  #line = '';

  constructor(viewer: Viewer, language: Language, tell: (event: WidgetEvent) => void) {
    this.#viewer = viewer;
    this.#language = language;
    this.#tell = tell;
  }

  /** @returns whether their phones have become others: then calls are to be noted once more */
  see(viewer: Viewer): boolean {
    const isNew = viewer.extensions.join() !== this.#viewer.extensions.join();
    this.#viewer = viewer;
    return isNew;
  }

  noteCard(card: WidgetCard, call: LiveCall | undefined): void {
    if (!card.users.includes(this.#viewer.userId)) return;
    this.#cards.set(cardId(card), card);
    if (call) this.noteCall(call);
  }

  noteCall(call: LiveCall): void {
    const id = cardId(call);
    const before = this.#shown.get(id);
    const now = cardFor(call, this.#cards.get(id), this.#viewer);
    if (now) {
      this.#keep(id);
      if (JSON.stringify(now) === JSON.stringify(before)) return;
      this.#shown.set(id, now);
      this.#tell({ event: 'call', data: now });
    } else if (before) this.#close(before, call);
  }

  noteOver(id: string): void {
    const shown = this.#shown.get(id);
    if (shown) this.#close(shown, undefined);
    this.#cards.delete(id);
  }

  noteClick({ requestId, number, phase, atMs, reason }: ToldClick): void {
    const isOver = phase === 'ended' || phase === 'failed';
    const { title, text } = words.errors[isReason(reason) ? reason : 'lost'][this.#language];
    const told = isOver ? { message: title, whatToDo: text } : {};
    this.#tell({
      event: 'click',
      data: { requestId, number, state: phase, agoMs: Math.max(0, Date.now() - atMs), ...told },
    });
  }

  noteLine(line: WidgetLine): void {
    const text = JSON.stringify(line);
    if (text === this.#line) return;
    this.#line = text;
    this.#tell({ event: 'line', data: line });
  }

  #close(shown: WidgetCall, call: LiveCall | undefined): void {
    const { id } = shown;
    const why = whyGone(shown, call);
    if (why !== 'over' || !call) this.#closeNow(id, why);
    else if (!this.#closing.has(id)) {
      const timer = setTimeout(() => this.#closeNow(id, why), answerFollowsWithinMs);
      this.#closing.set(id, timer);
    }
  }

  #closeNow(id: string, why: WidgetGone['why']): void {
    this.#keep(id);
    this.#shown.delete(id);
    this.#tell({ event: 'gone', data: { id, why } });
  }

  #keep(id: string): void {
    clearTimeout(this.#closing.get(id));
    this.#closing.delete(id);
  }
}

/** Another version of us may know more. */
const isReason = (reason = ''): reason is ClickReason => Object.hasOwn(clickWords, reason);
