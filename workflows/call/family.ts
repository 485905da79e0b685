import { condition, getExternalWorkflowHandle, isCancellation, log } from '@temporalio/workflow';
import { local, reads } from './activities.ts';
import { type CallInput, callWorkflowId, defaultTiming, type Joined, joinedSignal } from './contract.ts';
import { reasonOf } from './failure.ts';
import {
  addRows,
  type CallFacts,
  channelsBegunElsewhere,
  channelsGoneElsewhere,
  oldestLinkedid,
} from './interpret/index.ts';

/** More than one, since after a crash the windows of all calls are over at once, whoever is asked first. */
const looksForTeller = 3;

const outlived =
  'A channel outlived this call: the rows of its end are missing, or it went over to a call that could not be found.';

/** A family as continue-as-new carries it. */
export interface CarriedFamily {
  linkedids: string[];
  settled: string[];
  asked: string[];
}

/**
 * The linkedids that are one call. Asterisk joins them when a call is transferred, picked up or fetched from parking;
 * rows of either side may tell of it. The actor of the oldest tells the whole, the others hand over to it.
 */
export class Family {
  readonly #input: CallInput;
  readonly #facts: CallFacts;
  readonly #linkedids: Set<string>;
  /** Those about which nothing is left to do. */
  readonly #settled: Set<string>;
  /** Channels whose linkedids were asked for. */
  readonly #asked: Set<string>;
  /** Older ones that nobody follows. */
  readonly #unfollowed = new Set<string>();
  readonly #doubts = new Set<string>();
  readonly #mergeWindowMs: number;

  constructor(input: CallInput, facts: CallFacts) {
    const { linkedid, carried } = input;
    this.#input = input;
    this.#facts = facts;
    this.#linkedids = new Set(carried?.family?.linkedids ?? [linkedid]);
    this.#settled = new Set(carried?.family?.settled ?? [linkedid]);
    this.#asked = new Set(carried?.family?.asked);
    // a call that began before an upgrade brings no window
    this.#mergeWindowMs = { ...defaultTiming, ...input.timing }.mergeWindowMs;
  }

  carried(): CarriedFamily {
    return { linkedids: [...this.#linkedids], settled: [...this.#settled], asked: [...this.#asked] };
  }

  /** The linkedid whose actor tells the call. */
  get teller(): string {
    return oldestLinkedid(this.#linkedids);
  }

  /** True if another actor tells this call. */
  get isJoined(): boolean {
    return this.teller !== this.#input.linkedid;
  }

  /** In words, what could not be found out. */
  get doubts(): string[] {
    return [...this.#doubts];
  }

  /** True if somebody was named who is not settled yet. */
  get hasNews(): boolean {
    return this.#unsettled().length > 0;
  }

  /** True if `gather` would find nothing to do. */
  get isGathered(): boolean {
    return !this.hasNews && this.#unasked().length === 0;
  }

  /** Another actor says that these are one call. */
  hear({ linkedids }: Joined): void {
    this.#add(linkedids);
    const isFromTeller = this.isJoined && oldestLinkedid(linkedids) === this.teller;
    if (isFromTeller) for (const linkedid of linkedids) this.#settled.add(linkedid);
  }

  /** Finds out who belongs to the family, lets their actors know and, if the call is told here, reads their rows. */
  async gather(): Promise<void> {
    while (!this.isGathered) {
      await this.#askFor(this.#unasked());
      const unsettled = this.#unsettled();
      if (unsettled.length === 0) return;
      if (this.isJoined) await this.#handTo(this.teller);
      else await this.#takeIn(unsettled);
    }
  }

  /** Adds what the tables hold of all the family and has not been brought here. */
  async readRows(): Promise<void> {
    for (;;) {
      const request = this.rowsRequest();
      const answer = await reads.readRows.executeWithOptions({ summary: 'Rows of joined calls' }, [request]);
      addRows(this.#facts, answer.rows);
      if (!answer.hasMore) return;
    }
  }

  rowsRequest() {
    const { pbxId, linkedid } = this.#input;
    return {
      pbxId,
      linkedids: [linkedid, ...[...this.#linkedids].filter((other) => other !== linkedid)],
      knownRowIds: this.#facts.rowIds,
      beginningSeen: this.#facts.legs[linkedid]?.start != null,
    };
  }

  /** What was asked in vain while the call lasted is asked once more. */
  askAgain(): void {
    this.#asked.clear();
  }

  /**
   * For a call whose channel lives on under another linkedid: waits until the actor there tells of it, then asks the
   * tables. After that `isJoined` is final.
   */
  async findTeller(): Promise<void> {
    for (let look = 0; look < looksForTeller; look++) {
      if (channelsGoneElsewhere(this.#facts).length === 0 || this.isJoined || this.#unfollowed.size > 0) return;
      if (this.#input.occasion === 'live') await condition(() => this.isJoined, this.#mergeWindowMs);
      if (!this.isJoined) await this.#lookForTeller();
      await this.gather();
    }
    if (!this.isJoined && this.#unfollowed.size === 0) this.#doubts.add(outlived);
  }

  async #lookForTeller(): Promise<void> {
    const noted = await local.joinedInto(this.#input.pbxId, this.#input.linkedid);
    if (noted === null) await this.#askFor(channelsGoneElsewhere(this.#facts));
    else this.hear({ linkedids: [noted, this.#input.linkedid] });
  }

  #add(linkedids: readonly string[]): void {
    for (const linkedid of linkedids) if (!this.#unfollowed.has(linkedid)) this.#linkedids.add(linkedid);
  }

  #unsettled(): string[] {
    return [...this.#linkedids].filter((linkedid) => !this.#settled.has(linkedid)).sort();
  }

  #unasked(): string[] {
    if (this.isJoined) return [];
    return channelsBegunElsewhere(this.#facts).filter((uniqueid) => !this.#asked.has(uniqueid));
  }

  async #askFor(uniqueids: readonly string[]): Promise<void> {
    if (uniqueids.length === 0) return;
    for (const uniqueid of uniqueids) this.#asked.add(uniqueid);
    const request = { pbxId: this.#input.pbxId, uniqueids: [...uniqueids] };
    await this.#attempt('The tables could not be asked for joined calls.', async () => {
      const summary = 'To which calls do these channels belong?';
      this.#add(await reads.linkedidsOf.executeWithOptions({ summary }, [request]));
    });
  }

  async #takeIn(younger: readonly string[]): Promise<void> {
    const { pbxId, linkedid } = this.#input;
    await local.noteJoined({ pbxId, linkedids: [...younger], into: linkedid });
    // in this order: what comes to them once they know is handed on, all before is found in the table
    for (const one of younger) {
      this.#settled.add(one);
      await this.#tell(one);
    }
    await this.#attempt('Rows of a joined call could not be read.', () => this.readRows());
  }

  /** A call whose older part nobody follows (it began before Ringflow, or has closed) is told here after all. */
  async #handTo(teller: string): Promise<void> {
    if (await this.#tell(teller)) {
      for (const linkedid of this.#linkedids) this.#settled.add(linkedid); // the teller takes them in
      return;
    }
    log.warn('The call was joined to one that is not followed; it is told by itself', { teller });
    this.#doubts.add(`Joined to the call ${teller}, which is not followed: told by itself.`);
    this.#unfollowed.add(teller);
    this.#linkedids.delete(teller);
  }

  /** @returns false if that actor has closed, or never was */
  async #tell(linkedid: string): Promise<boolean> {
    const message: Joined = { linkedids: [...this.#linkedids] };
    try {
      await getExternalWorkflowHandle(callWorkflowId(this.#input.pbxId, linkedid)).signal(joinedSignal, message);
      return true;
    } catch (error) {
      if (isCancellation(error)) throw error;
      return false;
    }
  }

  async #attempt(failure: string, read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (isCancellation(error)) throw error;
      this.#doubts.add(`${failure} ${reasonOf(error)}`);
    }
  }
}
