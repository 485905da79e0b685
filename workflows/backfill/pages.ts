import { isCancellation } from '@temporalio/workflow';
import type { CelRow } from '../../proto/cel.ts';
import { reasonOf } from '../call/failure.ts';
import type { reads as proxies } from './activities.ts';
import type { BackfillInput, CarriedBackfill } from './contract.ts';

interface Page {
  /** The first row of each call. */
  rows: CelRow[];
  isLast: boolean;
}

/** Bisection asks often for each. */
const chosenPerPage = 25;

/** The calls that are to be brought, a page at a time. An outage of the PBX's database is waited out. */
export class Pages {
  readonly #input: BackfillInput;
  readonly #reads: typeof proxies;
  readonly #rest: (trouble: string) => Promise<void>;
  #range: CarriedBackfill['range'] = null;
  #next: number | undefined;
  #isTroubled = false;

  /** @param rest waits until it is worth another try; takes why nothing can be read, and an empty text when it can again */
  constructor(input: BackfillInput, reads: typeof proxies, rest: (trouble: string) => Promise<void>) {
    this.#input = input;
    this.#reads = reads;
    this.#rest = rest;
    this.#range = input.carried?.range ?? null;
    this.#next = input.carried?.next;
  }

  get carried(): Pick<CarriedBackfill, 'range' | 'next'> {
    return { range: this.#range, next: this.#next ?? 0 };
  }

  /** How much is read, 0 to 1. */
  get share(): number {
    const { choice } = this.#input;
    if (this.#next === undefined) return 0;
    if ('linkedids' in choice) return Math.min(1, this.#next / choice.linkedids.length);
    if (!this.#range) return 1;
    const { fromId, toId } = this.#range;
    return Math.min(1, Math.max(0, (this.#next - fromId) / (toId + 1 - fromId)));
  }

  async next(): Promise<Page> {
    const { choice } = this.#input;
    return 'period' in choice ? this.#nextOfPeriod(choice.period) : this.#nextOfChosen(choice.linkedids);
  }

  async #nextOfPeriod(period: { fromMs: number; toMs: number }): Promise<Page> {
    const { pbxId, pace } = this.#input;
    if (this.#next === undefined) {
      const find = () =>
        this.#reads.findPeriod.executeWithOptions({ summary: 'Where the period lies' }, [{ pbxId, period }]);
      this.#range = await this.#patiently(find);
      this.#next = this.#range?.fromId ?? 0;
    }
    const range = this.#range;
    if (!range) return { rows: [], isLast: true };
    const request = { pbxId, period, range: { ...range, fromId: this.#next }, limit: pace.callsPerPage };
    const read = () => this.#reads.readBeginnings.executeWithOptions({ summary: 'Calls that began then' }, [request]);
    const { rows, nextId } = await this.#patiently(read);
    this.#next = nextId ?? range.toId + 1;
    return { rows, isLast: nextId === undefined };
  }

  async #nextOfChosen(linkedids: readonly string[]): Promise<Page> {
    const from = this.#next ?? 0;
    const chosen = linkedids.slice(from, from + chosenPerPage);
    const request = { pbxId: this.#input.pbxId, linkedids: chosen };
    const find = () => this.#reads.findBeginnings.executeWithOptions({ summary: 'The chosen calls' }, [request]);
    const rows = await this.#patiently(find);
    this.#next = from + chosen.length;
    return { rows, isLast: this.#next >= linkedids.length };
  }

  async #patiently<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const answer = await read();
        if (this.#isTroubled) await this.#rest('');
        this.#isTroubled = false;
        return answer;
      } catch (error) {
        if (isCancellation(error)) throw error;
        this.#isTroubled = true;
        await this.#rest(`The calls of the PBX can't be read: ${reasonOf(error)} Trying again.`);
      }
    }
  }
}
