import { CancellationScope, isCancellation, log } from '@temporalio/workflow';
import type { ShowCardsRequest } from '../../activities/amocrm/show-cards.ts';
import type { Call } from '../../proto/call.ts';
import { cardEffect, type ShowCard } from '../../proto/crm-action.ts';
import { ringingExtensions } from '../../proto/ringing.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { holds, isPromised } from '../promises.ts';
import { atOnce, perishable } from './activities.ts';
import { type CardsShown, effectKey } from './contract.ts';
import { reasonOf } from './failure.ts';

/** The cards of a call. They hold up everything else for a moment at most: amoCRM may be slow, and rows must not wait for it. */
export class Cards {
  readonly #settings: CallSettings;
  readonly #pbxId: string;
  /** Ledger keys of the cards that were sent on their way. */
  readonly #shown: Set<string>;
  #underWay = 0;
  #ringing = new CancellationScope();

  constructor(settings: CallSettings, shown: readonly string[]) {
    this.#settings = settings;
    this.#pbxId = settings.pbx.id;
    this.#shown = new Set(shown);
  }

  get shown(): string[] {
    return [...this.#shown];
  }

  /**
   * @param due all that should be seen now; those seen already are left out
   * @param readAtMs when the row was read by which they are due
   * @param isAtOnce false: the call is busy with other things, which would hold it up
   */
  show(
    { linkedid: callId, ...call }: Call,
    due: readonly ShowCard[],
    readAtMs: number | undefined,
    isAtOnce: boolean,
  ): void {
    const keyed = due.map((card) => ({ ...card, key: effectKey(this.#pbxId, callId, card.effect) }));
    const cards = ofBefore(
      call,
      keyed.filter((card) => !this.#shown.has(card.key)),
    );
    if (cards.length === 0) return;
    for (const card of cards) this.#shown.add(card.key);
    const summary = `Card to ${cards.map((card) => card.extension).join(', ')}`;
    const { accountId, widgetCards = true } = this.#settings;
    const inWidget = { pbxId: this.#pbxId, linkedid: callId };
    const request = { accountId, ...(widgetCards && { inWidget }), cards, ...(readAtMs && { readAtMs }) };
    this.#underWay++;
    const over = () => this.#underWay--;
    this.#ringing
      .run(() => send(request, summary, isAtOnce))
      .catch((error: unknown) => {
        if (!isCancellation(error)) log.warn('No card was shown', { reason: reasonOf(error) });
        else if (isPromised('cards-at-once')) for (const card of cards) this.#shown.delete(card.key);
      })
      .then(over, over);
  }

  /** True while amoCRM, or somebody's page, may still get one. */
  get areUnderWay(): boolean {
    return this.#underWay > 0;
  }

  /** Of a call that is only observed: nobody sees them. */
  note(callId: string, due: readonly ShowCard[]): void {
    for (const { effect } of due) this.#shown.add(effectKey(this.#pbxId, callId, effect));
  }

  /** Users to whom the call was shown; of one that is observed, to whom it would have been. */
  usersOf(callId: string): number[] {
    const beginning = effectKey(this.#pbxId, callId, cardEffect(''));
    return this.shown.filter((key) => key.startsWith(beginning)).map((key) => Number(key.slice(beginning.length)));
  }

  /** As they are to be seen in our widget. */
  inWidget(calls: readonly Call[]): CardsShown[] {
    if (this.#settings.widgetCards === false) return [];
    return calls.flatMap(({ linkedid, externalNumber: phone }) => {
      const users = this.usersOf(linkedid);
      return phone === null || users.length === 0 ? [] : [{ linkedid, phone, users }];
    });
  }

  /** A card for a call that is over is news to nobody. */
  giveUp(): void {
    this.#ringing.cancel();
    if (isPromised('cards-at-once')) this.#ringing = new CancellationScope(); // it may be followed once more
  }
}

/** What can't be done within this very task is not waited for there. */
async function send(request: ShowCardsRequest, summary: string, isAtOnce: boolean): Promise<void> {
  if (isAtOnce && isPromised('cards-at-once') && !(await hasMoreAfterAtOnce(request, summary))) return;
  await perishable.showCards.executeWithOptions({ summary }, [request]);
}

/** True if somebody has to go on: not all is shown, or amoCRM has refused it for now. */
async function hasMoreAfterAtOnce(request: ShowCardsRequest, summary: string): Promise<boolean> {
  try {
    return (await atOnce.showCardsAtOnce.executeWithOptions({ summary }, [request])).hasMore;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return true;
  }
}

/** Calls that began with an earlier version had cards for those alone whose phones ring. */
function ofBefore<C extends ShowCard>(call: Pick<Call, 'direction' | 'conversations'>, cards: C[]): C[] {
  const ringing = ringingExtensions(call);
  const areRinging = cards.filter(({ extension }) => ringing.includes(extension));
  return areRinging.length === cards.length || holds('cards-of-talkers') ? cards : areRinging;
}
