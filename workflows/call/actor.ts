import { ApplicationFailure, condition, continueAsNew, sleep, workflowInfo } from '@temporalio/workflow';
import type { Verdict } from '../../activities/amocrm/exactly-once.ts';
import type { Call } from '../../proto/call.ts';
import type { CdrRow } from '../../proto/cdr.ts';
import type { CallOutcome, Registration } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { beganWithPromises } from '../promises.ts';
import { Acquaintance } from './acquaintance.ts';
import { glances, guardedWrites, local, reads, unhurriedWrites } from './activities.ts';
import { Ahead } from './ahead.ts';
import { Cards } from './cards.ts';
import { ClickReport } from './click-report.ts';
import { type CallInput, type CelBatch, defaultTiming, type Joined, type Parted, type Wait } from './contract.ts';
import { decideLive } from './decide/decide.ts';
import { DeedWork } from './deeds.ts';
import { type CallState, Display } from './display.ts';
import { Family } from './family.ts';
import { handOver } from './hand-over.ts';
import { type Freshness, Inbox } from './inbox.ts';
import {
  type CallFacts,
  conclude,
  endOpenCalls,
  forgetCall,
  goesOn,
  isAnybodyThere,
  noFacts,
} from './interpret/index.ts';
import { writeJournal } from './journal.ts';
import { Live } from './live.ts';
import { Observation } from './observe/observation.ts';
import { isObserved } from './observe/observed.ts';
import { Requests } from './requests.ts';
import { Settlement } from './settlement.ts';
import { Story } from './story.ts';
import { CallTables } from './tables.ts';
import type { call as callWorkflow } from './workflow.ts';

/** Up to so many rows a call is told whenever rows come. */
const restlessRows = 1_000;
/** About ten times what telling costs. */
const restPerRowMs = 0.05;

/** Three days: a long weekend. */
const idleLineMs = 72 * 3_600_000;

/**
 * `followed`: its rows are acted upon as they come. `over`: there is nothing more to follow. `looked-at`: an actor that
 * has taken the call up again follows it only if it finds that the call goes on.
 */
type Course = 'followed' | 'over' | 'looked-at';

/**
 * One call from its first row to its record in amoCRM. Handlers only note what they hear; one loop reads it, interprets
 * and acts. What may be slow and must not hold up the reading of rows runs beside it: cards, and the registration of
 * calls that are over while another one goes on under the same linkedid.
 */
export class CallActor {
  readonly #input: CallInput;
  readonly #settings: CallSettings;
  readonly #facts: CallFacts;
  readonly #inbox: Inbox;
  readonly #tables: CallTables;
  readonly #family: Family;
  readonly #story: Story;
  readonly #requests: Requests;
  readonly #acquaintance: Acquaintance;
  readonly #cards: Cards;
  readonly #work: DeedWork;
  readonly #settlement: Settlement;
  /** In its place for calls that another product serves. */
  readonly #observation: Observation;
  readonly #display: Display;
  readonly #live: Live;
  readonly #clickReport = new ClickReport();
  /** By linkedid, what became of calls in amoCRM. */
  readonly #registrations: Map<string, Registration>;
  /** Calls that are registered while another goes on. */
  readonly #ahead: Ahead;
  #calls: readonly Call[] = [];
  #course: Course;
  /** It was handed to another call by mistake, and nothing tells of it until it is followed once more. */
  #isBack = false;

  constructor(input: CallInput, settings: CallSettings, batches: CelBatch[]) {
    const { carried, timing } = input;
    this.#input = input;
    this.#settings = settings;
    this.#facts = { ...noFacts(input.linkedid), ...carried?.facts }; // those of an earlier version lack what came since
    this.#inbox = new Inbox(batches, this.#facts, timing);
    this.#tables = new CallTables(input, this.#facts);
    this.#story = new Story(carried?.phases);
    this.#family = new Family(input, this.#facts, this.#tables, this.#story);
    this.#cards = new Cards(settings, carried?.shownCards ?? []);
    const writes = input.backfill ? unhurriedWrites : guardedWrites;
    this.#requests = new Requests(settings.accountId, writes, () => this.#show());
    this.#acquaintance = new Acquaintance(settings, this.#requests);
    this.#work = new DeedWork(settings, this.#requests, carried?.deeds ?? []);
    const onRefusal = (call: Call, reason: string) => this.#askForHelp(call, reason);
    this.#settlement = new Settlement(
      { settings, facts: this.#facts, acquaintance: this.#acquaintance, work: this.#work, requests: this.#requests },
      input.backfill,
      onRefusal,
    );
    const { compareAfterMs } = { ...defaultTiming, ...timing }; // a call that began before an upgrade brings none
    const tell = (call: Call, registration: Registration) => this.#tell(call, registration);
    this.#observation = new Observation(settings, this.#acquaintance, this.#cards, compareAfterMs, tell);
    this.#registrations = new Map(Object.entries(carried?.registrations ?? {}));
    this.#display = new Display(
      ...([this.#story, this.#registrations, this.#requests] as const),
      settings.phonesInFull ? 'full' : 'masked',
    );
    this.#live = new Live(settings.pbx.id, (call) => this.#acquaintance.of(call).client ?? undefined);
    this.#ahead = new Ahead({
      registrations: this.#registrations,
      hasTakenIn: (linkedid) => this.#family.hasTakenIn(linkedid),
      readCalls: async () => {
        await this.#tables.readRows(this.#family.linkedids, reads);
        return () => conclude(this.#facts, settings.pbx);
      },
      settle: (call) => this.#settle(call),
      forget: (call) => this.#forget(call),
    });
    this.#course = input.occasion === 'live' ? 'followed' : 'looked-at';
  }

  retry(): void {
    this.#settlement.retry();
  }

  hearVerdict(verdict: Verdict, linkedid?: string): void {
    this.#settlement.hearVerdict(verdict, linkedid);
  }

  hearWait(wait: Wait): void {
    this.#requests.hear(wait);
  }

  hear(joined: Joined): Promise<void> {
    return this.#family.hear(joined);
  }

  hearParted({ linkedids }: Parted): void {
    this.#family.part(linkedids);
    this.#isBack = true;
  }

  /** How calls stand that go on, and who may see their cards. */
  tellAgain(known: readonly string[]): void {
    this.#live.tellAgain(known);
    const going = this.#live.going;
    const calls = this.#calls.filter((call) => going.has(call.linkedid) && !isObserved(call, this.#settings));
    this.#live.cardsAgain(this.#settings.accountId, this.#cards.inWidget(calls));
  }

  async run(): Promise<CallOutcome> {
    for (;;) {
      if (this.#course === 'followed') await this.#followRows();
      const outcome = this.#family.isJoined ? await this.#handOver() : await this.#close();
      if (outcome && !this.#hasNews()) return outcome;
    }
  }

  #hasNews(): boolean {
    return this.#inbox.hasRows || this.#family.hasNews;
  }

  /** Until the call is over or joined to another. */
  async #followRows(): Promise<void> {
    const isTakenUp = this.#input.carried !== undefined || this.#input.occasion === 'again';
    if (isTakenUp || this.#isBack) await this.#follow({ fresh: false });
    this.#isBack = false;
    while (this.#facts.endedAtMs === null) {
      const isNews = await this.#inbox.isFilled(() => this.#hasNews() || this.#family.isJoined, this.#patienceMs());
      if (!isNews) break;
      if (!this.#family.isGathered) await this.#family.gather(glances); // what comes from now on is for the teller
      if (this.#family.isJoined) return;
      const freshness = this.#drain();
      if (!this.#family.isGathered) await this.#family.gather(glances);
      if (this.#family.isJoined) return;
      await this.#follow(freshness);
      // a backlog of joined calls is taken in no faster than it is settled
      if (this.#family.hasNews) await condition(() => !this.#ahead.isAtWork);
      const mayGoOnAnew = !this.#inbox.hasRows && !this.#cards.areUnderWay;
      if (workflowInfo().continueAsNewSuggested && mayGoOnAnew) await this.#continueAsNew();
      await this.#rest();
    }
    this.#course = 'over';
  }

  #drain(): Freshness {
    const freshness = this.#inbox.drain();
    this.#family.take(this.#inbox.linkedids);
    return freshness;
  }

  async #follow({ fresh, readAtMs }: Freshness): Promise<void> {
    this.#calls = conclude(this.#facts, this.#settings.pbx);
    this.#tellLive();
    this.#clickReport.tell(this.#calls);
    this.#show();
    if (this.#calls.some((call) => call.answeredAtMs !== null)) this.#enter('talking');
    await this.#acquaintance.learn(this.#calls);
    this.#tellLive();
    for (const call of this.#calls) {
      const about = this.#acquaintance.of(call);
      const { cards, deeds } = decideLive({ call, settings: this.#settings, about }, fresh);
      if (isObserved(call, this.#settings)) this.#cards.note(call.linkedid, cards);
      else {
        this.#cards.show(call, cards, readAtMs, !this.#ahead.isAtWork);
        this.#work.begin(call, deeds);
      }
    }
    const othersGoOn = this.#calls.length > 1 && this.#facts.endedAtMs === null;
    if (othersGoOn) this.#ahead.begin(this.#calls);
  }

  /** A line that is off the hook, with no client on it, has nothing to tell: it may be silent for a long weekend. */
  #patienceMs(): number {
    const { silenceMs } = this.#input.timing;
    const isClientThere = this.#calls.some((call) => call.endedAtMs === null && call.direction !== 'internal');
    return isClientThere ? silenceMs : Math.max(silenceMs, idleLineMs);
  }

  /** Telling costs in proportion to the rows: a very long call is told less often, and takes no more of the processor. */
  async #rest(): Promise<void> {
    const rows = this.#facts.rowIds.length;
    if (rows > restlessRows && this.#facts.endedAtMs === null) await sleep(rows * restPerRowMs);
  }

  /** A conference or an agent's permanent line may write rows for days: its history must not grow with them. */
  #continueAsNew(): Promise<never> {
    const isSettled = (registration: Registration) =>
      registration.state === 'observed'
        ? registration.comparison !== undefined
        : ['registered', 'not-sent', 'unlicensed'].includes(registration.state);
    const carried = {
      settings: this.#settings,
      facts: this.#facts,
      inbox: this.#inbox.batches,
      shownCards: this.#cards.shown,
      family: this.#family.carried(),
      asked: this.#tables.asked,
      phases: this.#story.told,
      deeds: this.#work.done,
      registrations: Object.fromEntries([...this.#registrations].filter(([, one]) => isSettled(one))),
    };
    return continueAsNew<typeof callWorkflow>({ ...this.#input, carried });
  }

  /** Of a line that is off the hook its clients' channels mean nothing more; in a client's call others belong to it. */
  #forget(call: Call): void {
    const own = this.#calls.find((one) => one.linkedid === this.#input.linkedid);
    if (own?.direction !== 'internal') return;
    const { linkedid } = call;
    forgetCall(this.#facts, linkedid);
    this.#story.forget(linkedid);
    this.#work.forget(linkedid);
    this.#acquaintance.forget(call);
  }

  /** @returns undefined if another actor tells the call, or it goes on after all */
  async #close(): Promise<CallOutcome | undefined> {
    if (this.#course !== 'looked-at') this.#cards.giveUp();
    this.#drain();
    const cdr = await this.#readEnd();
    if (this.#family.isJoined) return undefined;
    if (this.#input.occasion === 'again' && !this.#tables.isBeginningSeen) {
      const [unread] = this.#tables.doubts;
      if (unread !== undefined && beganWithPromises()) throw ApplicationFailure.nonRetryable(unread); // another one tries
      return { notTold: 'Rows came after the close, but those before are gone: the journal stands.' };
    }
    if (await this.#isPbxGone()) {
      this.#live.letGo();
      return {
        notTold: 'Its PBX was removed before it had ended. Once that is added again the call is told by its rows.',
      };
    }
    if (this.#course === 'looked-at' && this.#mayGoOn()) {
      if (this.#input.backfill) return { goesOn: true };
      this.#course = 'followed';
      return undefined;
    }
    const elsewhere = await this.#leaveOut();
    const hasMore = elsewhere.length > 0 && this.#inbox.hasRows && beganWithPromises();
    if (hasMore) return undefined; // the last rows of one that was to be left out, perhaps
    this.#calls = this.#concludeEnd(cdr).filter((call) => !elsewhere.includes(call.linkedid));
    this.#tellLive();
    if (this.#calls.length === 0) return { notTold: 'No row of a channel was ever seen.' };
    this.#clickReport.tell(this.#calls);
    this.#show();
    this.#enter('ended');
    await Promise.all(this.#calls.map((call) => this.#settleUnlessAhead(call)));
    await this.#clickReport.told();
    // that it is closed Temporal tells itself; only who needed attention needs none any more
    this.#enter(beganWithPromises() ? 'ended' : 'closed');
    return { registrations: Object.fromEntries(this.#registrations) };
  }

  /** What can't be read any more may have gone on in any way. */
  async #isPbxGone(): Promise<boolean> {
    const mayGoOn = this.#facts.endedAtMs === null && isAnybodyThere(this.#facts);
    const mayBeGone = mayGoOn && this.#tables.doubts.length > 0 && beganWithPromises();
    return mayBeGone && !(await local.isPbxKnown(this.#input.pbxId));
  }

  /** No row has ended it, and it was not silent for longer than a call may be: somebody may still talk. */
  #mayGoOn(): boolean {
    const { endedAtMs, lastRowAtMs } = this.#facts;
    this.#calls = conclude(this.#facts, this.#settings.pbx);
    const isHeardOf = endedAtMs === null && Date.now() - (lastRowAtMs ?? 0) < this.#patienceMs();
    return isHeardOf && (this.#input.backfill !== undefined || (beganWithPromises() && isAnybodyThere(this.#facts)));
  }

  /** What the tables hold in the end, of all linkedids that are one call. */
  async #readEnd(): Promise<CdrRow[]> {
    this.#tables.forgetVainQuestions();
    for (;;) {
      while (!this.#family.isGathered) await this.#family.gather(reads);
      if (this.#family.isJoined) return [];
      const { cdr, toldWith } = await this.#tables.readEnd(this.#family.linkedids);
      if (toldWith !== undefined && !this.#input.backfill) this.#family.belongTo(toldWith);
      await this.#family.findTeller();
      if (this.#family.isGathered) return cdr;
    }
  }

  /** @returns the linkedids that were joined by mistake, now or before: they are told by their own actors */
  async #leaveOut(): Promise<string[]> {
    const isElsewhere = (linkedid: string) => this.#family.isFollowing(linkedid) && goesOn(this.#facts, linkedid);
    const elsewhere = this.#family.linkedids.filter(isElsewhere);
    if (elsewhere.length > 0) await this.#family.leaveOut(elsewhere, () => this.#inbox.hasRows);
    return [...elsewhere, ...this.#family.leftOut];
  }

  #concludeEnd(cdr: readonly CdrRow[]): Call[] {
    endOpenCalls(this.#facts);
    const doubts = [...this.#tables.doubts, ...this.#family.doubts];
    const calls = conclude(this.#facts, this.#settings.pbx, cdr);
    return calls.map((call) => ({ ...call, doubts: [...call.doubts, ...doubts] }));
  }

  async #settleUnlessAhead(call: Call): Promise<void> {
    if (!(await this.#ahead.waitFor(call.linkedid))) await this.#settle(call);
  }

  async #settle(call: Call): Promise<void> {
    if (isObserved(call, this.#settings)) return this.#observation.settle(call);
    this.#registrations.set(call.linkedid, { state: 'pending' });
    this.#show();
    this.#registrations.set(call.linkedid, await this.#settlement.settle(call));
    this.#show();
  }

  async #tell(call: Call, registration: Registration): Promise<void> {
    this.#registrations.set(call.linkedid, registration);
    this.#show();
    await writeJournal(call, registration, this.#facts);
  }

  /** @returns undefined if this call has to be told here after all */
  async #handOver(): Promise<CallOutcome | undefined> {
    if (this.#input.backfill) {
      this.#inbox.drain();
      return { joinedInto: this.#family.teller }; // which is brought too
    }
    this.#cards.giveUp();
    this.#live.letGo();
    this.#enter('joined');
    const joinedInto = await handOver(this.#input.pbxId, this.#facts, this.#inbox, this.#family);
    return joinedInto === undefined ? undefined : { joinedInto };
  }

  #askForHelp(call: Call, reason: string): void {
    this.#registrations.set(call.linkedid, { state: 'needs-attention', reason });
    this.#show();
    this.#enter('needs attention');
  }

  /** Those that were registered while others go on are told already. */
  #show(): void {
    const isDone = ({ linkedid }: Call) =>
      this.#ahead.has(linkedid) && ['registered', 'observed'].includes(this.#registrations.get(linkedid)?.state ?? '');
    this.#display.show(this.#calls.filter((call) => !isDone(call)));
  }

  /** Of a call of the past there is nothing to follow. */
  #tellLive(): void {
    if (this.#course !== 'looked-at') this.#live.tell(this.#calls);
  }

  #enter(state: CallState): void {
    this.#display.enter(state, this.#calls);
  }
}
