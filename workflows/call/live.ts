import { proxySinks, type Sinks } from '@temporalio/workflow';
import type { Call } from '../../proto/call.ts';
import type { Client } from '../../proto/client.ts';
import type { LiveCall } from '../../proto/live-call.ts';
import { liveCallOf } from './live-call.ts';

/** What the worker does with it writes nothing into the history, and is left out when a history is replayed. */
export interface LiveSinks extends Sinks {
  live: {
    /** @param atMs by Temporal's clock */
    tell(call: LiveCall, atMs: number): void;
    over(pbxId: string, linkedid: string): void;
    /** Another actor tells it, or nobody: what this one has told goes. */
    letGo(pbxId: string, linkedid: string): void;
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

  /** Those that go on now. */
  get calls(): LiveCall[] {
    return [...this.#told.values()].map(({ call }) => call);
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
