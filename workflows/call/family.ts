import { condition, log } from '@temporalio/workflow';
import { beganWithPromises } from '../promises.ts';
import { local, reads } from './activities.ts';
import { type CallInput, defaultTiming, type Joined, joinedSignal, partedSignal } from './contract.ts';
import { type CallFacts, channelsGoneElsewhere, oldestLinkedid } from './interpret/index.ts';
import { reach } from './reach.ts';
import type { Story } from './story.ts';
import type { CallTables } from './tables.ts';

/** More than one, since after a crash the windows of all calls are over at once, whoever is asked first. */
const looksForTeller = 3;

const mostTakenInAtOnce = 10;

const outlived =
  'A channel outlived this call: the rows of its end are missing, or it went over to a call that could not be found.';

const notFollowed = (teller: string) => `Joined to the call ${teller}, which is not followed: told by itself.`;

/** A family as continue-as-new carries it. */
export interface CarriedFamily {
  linkedids: string[];
  informed: string[];
  following: string[];
  unfollowed: string[];
  /** Absent in what earlier versions carry. */
  leftOut?: string[];
  doubts: string[];
}

/**
 * The linkedids that are one call. Asterisk joins them when a call is transferred, picked up or fetched from parking;
 * rows of either side may tell of it. The actor of the oldest tells the whole, the others hand over to it.
 */
export class Family {
  readonly #input: CallInput;
  readonly #facts: CallFacts;
  readonly #tables: CallTables;
  readonly #story: Story;
  readonly #linkedids: Set<string>;
  /** Those whose actors know, or need not. */
  readonly #informed: Set<string>;
  /** Younger ones whose actors run and hand on what comes to them. */
  readonly #following: Set<string>;
  /** Younger ones that have told which phases they have told. */
  readonly #replied = new Set<string>();
  /** Older ones that nobody follows. */
  readonly #unfollowed: Set<string>;
  /** Those that this one was joined with by mistake. */
  readonly #leftOut: Set<string>;
  readonly #doubts: Set<string>;
  readonly #mergeWindowMs: number;

  constructor(input: CallInput, facts: CallFacts, tables: CallTables, story: Story) {
    const { linkedid } = input;
    const carried = input.carried?.family;
    this.#input = input;
    this.#facts = facts;
    this.#tables = tables;
    this.#story = story;
    this.#linkedids = new Set(carried?.linkedids ?? [linkedid]);
    this.#informed = new Set(carried?.informed ?? [linkedid]);
    this.#following = new Set(carried?.following);
    this.#unfollowed = new Set(carried?.unfollowed);
    this.#leftOut = new Set(carried?.leftOut);
    this.#doubts = new Set(carried?.doubts);
    // a call that began before an upgrade brings no window
    this.#mergeWindowMs = { ...defaultTiming, ...input.timing }.mergeWindowMs;
  }

  carried(): CarriedFamily {
    return {
      linkedids: [...this.#linkedids],
      informed: [...this.#informed],
      following: [...this.#following],
      unfollowed: [...this.#unfollowed],
      leftOut: [...this.#leftOut],
      doubts: [...this.#doubts],
    };
  }

  /** The linkedid whose actor tells the call; this one's own if it is not joined. */
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

  /** True if somebody was named whose actor does not know yet. */
  get hasNews(): boolean {
    return this.#uninformed().length > 0;
  }

  /** True if `gather` would find nothing to do. */
  get isGathered(): boolean {
    return !this.hasNews && this.#unasked().length === 0;
  }

  /** True for another one whose rows have been read here. */
  hasTakenIn(linkedid: string): boolean {
    return linkedid !== this.#input.linkedid && this.#informed.has(linkedid) && !this.isJoined;
  }

  /** True for a younger one whose actor can still tell it, should it prove not to belong here. */
  isFollowing(linkedid: string): boolean {
    return this.#following.has(linkedid);
  }

  /** Another actor says that these are one call. The teller gets to know at once what has been told here. */
  async hear({ linkedids, from, phases }: Joined): Promise<void> {
    if (beganWithPromises()) this.#followAgain(from);
    this.#add(linkedids);
    this.#story.learn(phases);
    this.#replied.add(from);
    if (!this.isJoined) return;
    if (from !== this.teller) return;
    for (const linkedid of linkedids) this.#informed.add(linkedid);
    await this.#tell(from);
  }

  /**
   * Finds out who belongs to the family, lets their actors know and, if the call is told here, reads their rows; of
   * very many only some, so that whoever tells them can keep up.
   *
   * @param read how patiently the tables are asked: rows and cards wait for it while the call goes on
   */
  async gather(read: typeof reads): Promise<void> {
    while (!this.isGathered) {
      this.#add(await this.#tables.linkedidsOf(this.#unasked(), read));
      const uninformed = this.#uninformed();
      if (uninformed.length === 0) return;
      if (this.isJoined) await this.#handTo(this.teller);
      else {
        await this.#takeIn(uninformed.slice(0, mostTakenInAtOnce), read);
        return;
      }
    }
  }

  /** Rows of these were brought here: whoever brings them takes them for one call with this. */
  take(linkedids: Iterable<string>): void {
    if (beganWithPromises()) this.#add([...linkedids]);
  }

  /** An older call tells this one, though its actor may have closed before it could be brought the last rows of this. */
  belongTo(older: string): void {
    this.#followAgain(older);
    this.#add([older]);
    this.#informed.add(older);
  }

  /** All of it, this call's own linkedid first. */
  get linkedids(): string[] {
    const { linkedid } = this.#input;
    return [linkedid, ...[...this.#linkedids].filter((other) => other !== linkedid)];
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
      while (!this.isGathered) await this.gather(reads);
    }
    if (!this.isJoined && this.#unfollowed.size === 0) this.#doubts.add(outlived);
  }

  /** The actor of the teller has closed, or never was: the call is told here after all, unless one knows more. */
  async leave(teller: string): Promise<void> {
    const older = await local.joinedInto(this.#input.pbxId, teller);
    this.#linkedids.delete(teller);
    this.#unfollowed.add(teller);
    if (older !== null) return this.#add([older]);
    log.warn('The call was joined to one that is not followed; it is told by itself', { teller });
    this.#doubts.add(notFollowed(teller));
  }

  /**
   * These younger ones go on, and were joined by mistake: what comes of them from now on is for their own actors.
   *
   * @param hasRows true while rows were handed on here that nobody has read; an actor that can't be reached may have
   *   handed on the last ones of its call, and closed
   */
  async leaveOut(younger: readonly string[], hasRows: () => boolean): Promise<void> {
    if (!beganWithPromises()) return;
    const { pbxId, linkedid } = this.#input;
    const family = [...this.#linkedids];
    const parted: string[] = [];
    for (const one of younger) if (await reach(pbxId, one, partedSignal, { linkedids: family })) parted.push(one);
    const apart = hasRows() ? parted : [...younger];
    if (apart.length === 0) return;
    await local.leaveOut({ pbxId, linkedids: apart, into: linkedid });
    this.#forget(apart);
  }

  /** Those that are told by themselves. */
  get leftOut(): string[] {
    return [...this.#leftOut];
  }

  /** The oldest of these has left this call out: it, and those that are one with it, are told by its actor. */
  part(linkedids: readonly string[]): void {
    const { linkedid } = this.#input;
    for (const one of linkedids) {
      if (one === linkedid) continue;
      this.#linkedids.delete(one);
      this.#informed.delete(one);
      if (oldestLinkedid([one, linkedid]) === one) this.#leftOut.add(one);
    }
  }

  /** @returns false if the actor of the teller has closed */
  isTold(): Promise<boolean> {
    return this.#tell(this.teller);
  }

  async #lookForTeller(): Promise<void> {
    const { pbxId, linkedid } = this.#input;
    const noted = await local.joinedInto(pbxId, linkedid);
    if (noted !== null) this.belongTo(noted);
    else this.#add(await this.#tables.linkedidsOf(channelsGoneElsewhere(this.#facts), reads));
  }

  /** An older one that nobody followed has another actor now. */
  #followAgain(older: string): void {
    this.#unfollowed.delete(older);
    this.#doubts.delete(notFollowed(older));
  }

  #add(linkedids: readonly string[]): void {
    const isApart = (linkedid: string) => this.#unfollowed.has(linkedid) || this.#leftOut.has(linkedid);
    for (const linkedid of linkedids) if (!isApart(linkedid)) this.#linkedids.add(linkedid);
  }

  #forget(apart: readonly string[]): void {
    for (const one of apart) {
      for (const names of [this.#linkedids, this.#informed, this.#following]) names.delete(one);
      this.#leftOut.add(one);
    }
  }

  #uninformed(): string[] {
    return [...this.#linkedids].filter((linkedid) => !this.#informed.has(linkedid)).sort();
  }

  #unasked(): string[] {
    return this.isJoined ? [] : this.#tables.unasked;
  }

  async #takeIn(younger: readonly string[], read: typeof reads): Promise<void> {
    const { pbxId, linkedid } = this.#input;
    const apart = (await local.noteJoined({ pbxId, linkedids: [...younger], into: linkedid })) ?? []; // of before: nothing
    this.#forget(apart);
    const joined = younger.filter((one) => !apart.includes(one));
    if (joined.length === 0) return;
    // in this order: what comes to them once they know is handed on, all before is found in the table
    for (const one of joined) {
      if (!(await this.#tell(one))) continue;
      this.#following.add(one);
      await condition(() => this.#replied.has(one), this.#mergeWindowMs);
    }
    await this.#tables.readRows(this.linkedids, read);
    for (const one of joined) this.#informed.add(one);
  }

  async #handTo(teller: string): Promise<void> {
    const named = [...this.#linkedids];
    // of the past nobody runs: whoever tells it finds the rows in the table
    if (!this.#input.backfill && !(await this.#tell(teller))) return this.leave(teller);
    for (const linkedid of named) this.#informed.add(linkedid); // the teller takes them in
  }

  /** @returns false if that actor has closed, or never was */
  #tell(linkedid: string): Promise<boolean> {
    const phases = linkedid === this.teller ? this.#story.told : {};
    const message = { linkedids: [...this.#linkedids], from: this.#input.linkedid, phases };
    return reach(this.#input.pbxId, linkedid, joinedSignal, message);
  }
}
