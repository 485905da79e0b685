import { isCancellation } from '@temporalio/workflow';
import type { CallEnd, CallEndRequest } from '../../activities/asterisk/index.ts';
import { looksAtOnce, promptly, reads } from './activities.ts';
import type { CallInput } from './contract.ts';
import { reasonOf } from './failure.ts';
import { addRows, type CallFacts, channelsBegunElsewhere } from './interpret/index.ts';

const rowsUnread = 'Rows of the call could not be read.';

/** What a call asks of the PBX's tables, beyond the rows that it is brought. What can't be read becomes a doubt. */
export class CallTables {
  readonly #input: CallInput;
  readonly #facts: CallFacts;
  /** Channels whose linkedids were asked for, and those of them that no row was found of. */
  readonly #asked: Set<string>;
  readonly #askedInVain = new Set<string>();
  readonly #doubts = new Map<string, string>();

  constructor(input: CallInput, facts: CallFacts) {
    this.#input = input;
    this.#facts = facts;
    this.#asked = new Set(input.carried?.asked);
  }

  get asked(): string[] {
    return [...this.#asked];
  }

  /** In words, what could not be read. */
  get doubts(): string[] {
    return [...this.#doubts.values()];
  }

  get isBeginningSeen(): boolean {
    return this.#facts.legs[this.#input.linkedid]?.start != null;
  }

  /** Channels of this call that began under an unknown linkedid, and were not asked for yet. */
  get unasked(): string[] {
    return channelsBegunElsewhere(this.#facts).filter((uniqueid) => !this.#asked.has(uniqueid));
  }

  /** What was asked in vain while the call lasted may be asked once more. */
  forgetVainQuestions(): void {
    for (const uniqueid of this.#askedInVain) this.#asked.delete(uniqueid);
    this.#askedInVain.clear();
  }

  /** @returns all linkedids under which these channels have rows */
  async linkedidsOf(uniqueids: readonly string[], read: typeof reads): Promise<string[]> {
    if (uniqueids.length === 0) return [];
    for (const uniqueid of uniqueids) {
      this.#asked.add(uniqueid);
      this.#askedInVain.add(uniqueid);
    }
    const request = { pbxId: this.#input.pbxId, uniqueids: [...uniqueids] };
    const summary = 'To which calls do these channels belong?';
    const ask = () => read.linkedidsOf.executeWithOptions({ summary }, [request]);
    const found = (await this.#attempt('The tables could not be asked for joined calls.', ask)) ?? {};
    for (const [uniqueid, linkedids] of Object.entries(found)) {
      if (linkedids.length > 0) this.#askedInVain.delete(uniqueid);
    }
    return Object.values(found).flat();
  }

  /** Adds what the tables hold of these linkedids and has not been brought here. */
  async readRows(linkedids: readonly string[], read: typeof reads): Promise<void> {
    await this.#attempt(rowsUnread, () => this.#readFrom(undefined, linkedids, read));
  }

  /**
   * Adds the rows that were missed on the way.
   *
   * @returns CDR, waited for a little while, and the older call that this one was told with already
   */
  async readEnd(linkedids: readonly string[]): Promise<Pick<CallEnd, 'cdr' | 'toldWith'>> {
    const request = {
      ...this.#rowsRequest(linkedids),
      uniqueids: Object.keys(this.#facts.legs),
      cdrWaitMs: this.#facts.endedAtMs === null ? 0 : this.#input.timing.cdrWaitMs,
    };
    const summary = 'What CEL and CDR say in the end';
    const read = async () => {
      const end =
        (await this.#glanceAtEnd(request)) ?? (await reads.readCallEnd.executeWithOptions({ summary }, [request]));
      addRows(this.#facts, end.rows);
      if (end.nextId !== undefined) await this.#readFrom(end.nextId, linkedids, reads);
      this.#doubts.delete(rowsUnread); // all are here now
      return end;
    };
    return (await this.#attempt('Told without CDR.', read)) ?? { cdr: [] };
  }

  /** @returns undefined if CDR or the database must be waited for */
  async #glanceAtEnd(request: CallEndRequest): Promise<CallEnd | undefined> {
    if (!looksAtOnce(this.#input.backfill)) return undefined;
    try {
      const end = await promptly.readCallEnd({ ...request, cdrWaitMs: 0 });
      return end.cdr.length > 0 || request.cdrWaitMs === 0 ? end : undefined;
    } catch (error) {
      if (isCancellation(error)) throw error;
      return undefined;
    }
  }

  /** An answer holds a page of rows; what finds no room in the facts need not be read. */
  async #readFrom(fromId: number | undefined, linkedids: readonly string[], read: typeof reads): Promise<void> {
    const request = this.#rowsRequest(linkedids);
    let page = { ...request, ...(fromId !== undefined && { fromId }) };
    while (this.#facts.rowsLeftOut === 0) {
      const answer = await read.readRows.executeWithOptions({ summary: 'Rows of the call' }, [page]);
      addRows(this.#facts, answer.rows);
      if (answer.nextId === undefined) return;
      page = { ...request, fromId: answer.nextId };
    }
  }

  #rowsRequest(linkedids: readonly string[]) {
    return {
      pbxId: this.#input.pbxId,
      linkedids: [...linkedids],
      knownRowIds: this.#facts.rowIds,
      beginningSeen: this.isBeginningSeen,
    };
  }

  /** A later success takes the doubt back. */
  async #attempt<T>(failure: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await read();
      this.#doubts.delete(failure);
      return answer;
    } catch (error) {
      if (isCancellation(error)) throw error;
      this.#doubts.set(failure, `${failure} ${reasonOf(error)}`);
      return undefined;
    }
  }
}
