import { proxySinks, type Sinks } from '@temporalio/workflow';
import type { Call } from '../../proto/call.ts';
import type { Client } from '../../proto/client.ts';
import type { LiveCall } from '../../proto/live-call.ts';
import type { CardsShown } from './contract.ts';
import { liveCallOf } from './live-call.ts';

/** What the worker does with it writes nothing into the history, and is left out when a history is replayed. */
export interface LiveSinks extends Sinks {
  live: {
    /** @param atMs by Temporal's clock */
    tell(call: LiveCall, atMs: number): void;
    over(pbxId: string, linkedid: string): void;
    /** Another actor tells it, or nobody: what this one has told goes. */
    letGo(pbxId: string, linkedid: string): void;
    /** Cards of our widget, should nobody know of them any more. */
    cards(pbxId: string, accountId: string, shown: CardsShown[]): void;
  };
}

const { live } = proxySinks<LiveSinks>();

/** Tells whoever follows calls how they stand now, each change once. */
export class Live {
  readonly #pbxId: string;
  readonly #clientOf: (call: Call) => Client | undefined;
  /** By linkedid, as they were told. */
  readonly #told = new Map<string, { call: LiveCall; text: string }>();

  constructor(pbxId: string, clientOf: (call: Call) => Client | undefined) {
    this.#pbxId = pbxId;
    this.#clientOf = clientOf;
  }

  /** Linkedids of those that go on now. */
  get going(): ReadonlySet<string> {
    return new Set(this.#told.keys());
  }

  /** @param calls all that are told here */
  tell(calls: readonly Call[]): void {
    const linkedids = new Set(calls.map(({ linkedid }) => linkedid));
    for (const linkedid of this.#told.keys()) if (!linkedids.has(linkedid)) this.#letGo(linkedid);
    for (const call of calls) {
      if (call.endedAtMs === null) this.#tellOne(liveCallOf(call, this.#clientOf(call)));
      else if (this.#told.delete(call.linkedid)) live.over(this.#pbxId, call.linkedid);
    }
  }

  /** @param known what is said to be told here */
  tellAgain(known: readonly string[]): void {
    for (const { call } of this.#told.values()) live.tell(call, Date.now());
    for (const linkedid of known) if (!this.#told.has(linkedid)) live.letGo(this.#pbxId, linkedid);
  }

  /** @param shown of calls that go on */
  cardsAgain(accountId: string, shown: CardsShown[]): void {
    if (shown.length > 0) live.cards(this.#pbxId, accountId, shown);
  }

  letGo(): void {
    for (const linkedid of this.#told.keys()) this.#letGo(linkedid);
  }

  #tellOne(call: LiveCall): void {
    const text = JSON.stringify(call);
    if (this.#told.get(call.linkedid)?.text === text) return;
    this.#told.set(call.linkedid, { call, text });
    live.tell(call, Date.now());
  }

  #letGo(linkedid: string): void {
    this.#told.delete(linkedid);
    live.letGo(this.#pbxId, linkedid);
  }
}
