import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { neededSinceMs } from '../asked-for.ts';
import type { Place } from '../budget.ts';
import { AmocrmError, tooLate } from '../errors.ts';
import type { RequestLimiter } from '../limiter.ts';

/** What an item brings along for its journey. */
export interface Ticket {
  /** Names the item; never twice in one request. */
  key: string;
  /** Awaited when the request is about to leave. If it throws the item stays behind, with that error. */
  nextRequest?: () => Promise<void>;
  /** Whoever has given up stays behind too; if the request is under way its fate is unknown. */
  signal?: AbortSignal;
}

/** What became of one item of a request. */
export type Outcome<Answer> =
  | { answer: Answer }
  /** `goesAlone`: it may spoil the others, so from now on it travels alone. */
  | { error: AmocrmError; goesAlone?: boolean }
  /** Only a request of its own tells; harmless to repeat. */
  | { again: true };

/** The place of a request that may leave. */
export interface Departure extends Place {
  /** When those who guard its items were asked whether they may leave, ms of this process' own clock. */
  askedAtMs: number;
}

export interface Bulk<Item, Answer> {
  limiter: RequestLimiter;
  /** Items in one request. */
  most: number;
  /** At least so long between two requests, ms: after a moment of rest an item goes at once, of many the rest gathers. */
  paceMs?: number;
  /**
   * One request, in this place.
   *
   * @returns the outcomes, in the order of the items
   * @throws AmocrmError that concerns all of them
   */
  send(items: readonly Item[], place: Departure): Promise<Outcome<Answer>[]>;
}

interface Traveller {
  ticket: Ticket;
  hasLeft: boolean;
  reject(error: unknown): void;
}

interface Passenger<Item, Answer> extends Traveller {
  item: Item;
  /** Ms of this process' own clock. */
  neededSinceMs: number;
  /** Does something as a part of what the item is sent for. */
  onBehalf: ReturnType<typeof AsyncLocalStorage.snapshot>;
  resolve(answer: Answer): void;
}

/** The second of a place runs: what leaves so late may arrive in another. */
const placeKeptMs = 100;
export const isStale = (place: Place): boolean => performance.now() - place.grantedAtMs > placeKeptMs;

/**
 * Gathers items that amoCRM takes together. The first asks for a place, at an idle moment it has it at once and goes;
 * whoever comes while it is waited for travels along.
 *
 * @returns sends one item; resolves with its own answer, rejects with its own error
 */
export function gather<Item, Answer>(bulk: Bulk<Item, Answer>): (item: Item, ticket: Ticket) => Promise<Answer> {
  const stop = new Stop(bulk);
  return (item, ticket) => stop.send(item, ticket);
}

/** Where items for one kind of request wait. */
class Stop<Item, Answer> {
  readonly #bulk: Bulk<Item, Answer>;
  readonly #solitary = createMemory();
  #waiting: Passenger<Item, Answer>[] = [];
  #placesAwaited = 0;
  #nextAtMs = 0;
  /** Smaller than allowed after amoCRM had too much. */
  #size: number;

  constructor(bulk: Bulk<Item, Answer>) {
    this.#bulk = bulk;
    this.#size = bulk.most;
  }

  send(item: Item, ticket: Ticket): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (ticket.signal?.aborted) return reject(gaveUp(false));
      const onBehalf = AsyncLocalStorage.snapshot();
      const passenger = { item, neededSinceMs: neededSinceMs(), ticket, onBehalf, hasLeft: false, resolve, reject };
      ticket.signal?.addEventListener('abort', () => reject(gaveUp(passenger.hasLeft)), { once: true });
      this.#waiting.push(passenger);
      this.#goOn();
    });
  }

  /** Asks for as many places as those who wait need: none of them waits behind another request's line for its turn. */
  #goOn(): void {
    while (this.#placesAwaited < Math.ceil(this.#waiting.length / this.#size)) void this.#awaitPlace();
  }

  /** Sends whoever is there when the place comes. */
  async #awaitPlace(): Promise<void> {
    this.#placesAwaited++;
    try {
      const restMs = this.#restMs();
      if (restMs > 0) await sleep(restMs);
      const place = await this.#bulk.limiter.place(undefined, () => this.#waitsMs());
      void this.#depart(this.#leaving(), place);
    } catch (error) {
      for (const { reject } of this.#waiting.splice(0, this.#size)) reject(error);
    }
    this.#placesAwaited--;
    this.#goOn();
  }

  /** Of those who would go now: the fuller a request, the sooner it is its turn. */
  #waitsMs(): number[] {
    const nowMs = performance.now();
    return this.#nextToLeave().map((passenger) => nowMs - passenger.neededSinceMs);
  }

  /** How long the next request has to wait for its turn. */
  #restMs(): number {
    const nowMs = performance.now();
    const turnAtMs = Math.max(nowMs, this.#nextAtMs);
    this.#nextAtMs = turnAtMs + (this.#bulk.paceMs ?? 0);
    return turnAtMs - nowMs;
  }

  /** Those that go together, the first first. */
  #nextToLeave(): Passenger<Item, Answer>[] {
    return companyOfFirst(this.#waiting.filter(isStillWanted), this.#size, this.#solitary);
  }

  /** Takes them from those that wait. */
  #leaving(): Passenger<Item, Answer>[] {
    const leaving = this.#nextToLeave();
    this.#waiting = this.#waiting.filter((passenger) => isStillWanted(passenger) && !leaving.includes(passenger));
    return leaving;
  }

  async #depart(leaving: Passenger<Item, Answer>[], granted: Place): Promise<void> {
    const askedAtMs = performance.now(); // the guards count from some moment after it
    const ready = (await confirmed(leaving)).filter(isStillWanted);
    const [first] = ready;
    if (!first) return granted.giveBack();
    try {
      const place = isStale(granted) ? await granted.renew() : granted;
      if (!place) return this.#goAgain(ready); // to be confirmed anew: another attempt may take over meanwhile
      for (const passenger of ready) passenger.hasLeft = true;
      const items = ready.map(({ item }) => item);
      const outcomes = await first.onBehalf(() => this.#bulk.send(items, { ...place, askedAtMs }));
      this.#size = Math.min(this.#bulk.most, this.#size + 1);
      for (const [index, passenger] of ready.entries()) this.#settle(passenger, outcomes[index] as Outcome<Answer>);
    } catch (error) {
      this.#fail(ready, error);
    }
  }

  #settle(passenger: Passenger<Item, Answer>, outcome: Outcome<Answer>): void {
    const { key } = passenger.ticket;
    if ('answer' in outcome) {
      this.#solitary.forget(key);
      passenger.resolve(outcome.answer);
    } else if ('again' in outcome) {
      this.#solitary.add(key);
      this.#goAgain([passenger]);
    } else {
      if (outcome.goesAlone) this.#solitary.add(key);
      passenger.reject(outcome.error);
    }
  }

  /** What concerns a whole request: too much of it goes again in smaller ones, else everybody hears the error. */
  #fail(passengers: Passenger<Item, Answer>[], error: unknown): void {
    const { code } = error as Partial<AmocrmError>;
    const isRefused = code === 'ValidationFailed' || code === 'Gone'; // by 422 above all: too many items
    const isBulk = passengers.length > 1;
    if (isBulk && (isRefused || code === 'TooSlow')) this.#size = Math.ceil(passengers.length / 2);
    if (isBulk && isRefused) this.#goAgain(passengers);
    else for (const { reject } of passengers) reject(error);
  }

  #goAgain(passengers: Passenger<Item, Answer>[]): void {
    for (const passenger of passengers) passenger.hasLeft = false;
    this.#waiting.unshift(...passengers);
    this.#goOn();
  }
}

/** The first with those that may go with it: each key once; whoever goes alone goes alone. */
function companyOfFirst<T extends Traveller>(waiting: readonly T[], size: number, solitary: Memory): T[] {
  const [first] = waiting;
  if (first && solitary.has(first.ticket.key)) return [first];
  const keys = new Set<string>();
  return waiting.filter(({ ticket: { key } }) => {
    if (keys.size >= size || keys.has(key) || solitary.has(key)) return false;
    return keys.add(key);
  });
}

const isStillWanted = ({ ticket }: Traveller): boolean => !ticket.signal?.aborted;

/** Those that may leave; the others have heard why not. */
async function confirmed<T extends Traveller>(leaving: readonly T[]): Promise<T[]> {
  const allowed = await Promise.all(
    leaving.map(async ({ ticket, reject }) => {
      try {
        await ticket.nextRequest?.();
        return true;
      } catch (error) {
        reject(error);
        return false;
      }
    }),
  );
  return leaving.filter((_, index) => allowed[index]);
}

function gaveUp(hasLeft: boolean): AmocrmError {
  if (!hasLeft) return tooLate();
  const message = 'amoCRM did not answer in time: the request may or may not have been carried out.';
  return new AmocrmError('TooSlow', message, { hadNoEffect: false });
}

const rememberedKeys = 1_000;

type Memory = ReturnType<typeof createMemory>;

/** The keys that were added last. */
function createMemory() {
  const keys = new Set<string>();
  return {
    has: (key: string) => keys.has(key),
    forget: (key: string) => void keys.delete(key),
    add(key: string): void {
      keys.add(key);
      const [oldest] = keys;
      if (keys.size > rememberedKeys && oldest !== undefined) keys.delete(oldest);
    },
  };
}
