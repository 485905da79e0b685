import {
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Call } from '../../proto/call.ts';
import type { CdrRow } from '../../proto/cdr.ts';
import type { CallOutcome, Registration } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { searchAttributes } from '../search-attributes.ts';
import { reads } from './activities.ts';
import { Cards } from './cards.ts';
import { type CallInput, type CelBatch, callWorkflowId, celRowsSignal, type Joined } from './contract.ts';
import { decide } from './decide/decide.ts';
import { callDetails } from './describe.ts';
import { reasonOf } from './failure.ts';
import { Family } from './family.ts';
import {
  addRows,
  type CallFacts,
  conclude,
  endOpenCalls,
  isAnybodyThere,
  mainCall,
  noFacts,
} from './interpret/index.ts';
import { Settlement } from './settlement.ts';
import { Silence } from './silence.ts';
import { Story } from './story.ts';
import type { call as callWorkflow } from './workflow.ts';

/** Up to so many rows a call is told whenever rows come. */
const restlessRows = 1_000;
/** About ten times what telling costs. */
const restPerRowMs = 0.05;

type CallState = 'ringing' | 'talking' | 'ended' | 'closed' | 'needs attention' | 'joined';

/**
 * One call from its first row to its record in amoCRM. Handlers only fill the inbox; one loop reads it, interprets and
 * acts. What may be slow and must not hold up the reading of rows runs beside it: cards, and the registration of calls
 * that are over while another one goes on under the same linkedid.
 */
export class CallActor {
  readonly #input: CallInput;
  readonly #settings: CallSettings;
  readonly #facts: CallFacts;
  readonly #inbox: CelBatch[];
  readonly #family: Family;
  readonly #story: Story;
  readonly #cards: Cards;
  readonly #settlement: Settlement;
  /** By linkedid, what became of calls that are over. */
  readonly #registrations: Map<string, Registration>;
  readonly #settling = new Map<string, Promise<void>>();
  readonly #doubts: string[] = [];
  #calls: readonly Call[] = [];
  #state: CallState = 'ringing';

  constructor(input: CallInput, settings: CallSettings, inbox: CelBatch[]) {
    const { carried } = input;
    this.#input = input;
    this.#settings = settings;
    this.#inbox = inbox;
    this.#facts = carried?.facts ?? noFacts(input.linkedid);
    this.#family = new Family(input, this.#facts);
    this.#story = new Story(carried?.phases);
    this.#cards = new Cards(settings.accountId, settings.pbx.id, carried?.shownCards ?? []);
    this.#settlement = new Settlement(settings, this.#facts, (call, reason) => this.#askForHelp(call, reason));
    this.#registrations = new Map(Object.entries(carried?.registrations ?? {}));
  }

  retry(): void {
    this.#settlement.retry();
  }

  hear(joined: Joined): void {
    this.#family.hear(joined);
  }

  async run(): Promise<CallOutcome> {
    if (this.#input.occasion === 'live') await this.#followRows();
    this.#cards.giveUp();
    let outcome: CallOutcome;
    do {
      if (this.#family.isJoined) return this.#handOver();
      this.#drain();
      outcome = await this.#close();
    } while (this.#inbox.length > 0 || this.#family.hasNews); // what came while the call was being closed
    return outcome;
  }

  async #followRows(): Promise<void> {
    const silence = new Silence();
    while (this.#facts.endedAtMs === null) {
      if (!(await this.#next(silence, () => this.#hasNews() || this.#family.isJoined))) return;
      await this.#family.gather(); // before the inbox is read: what came since another actor called is for that one
      if (this.#family.isJoined) return;
      if (workflowInfo().continueAsNewSuggested) await this.#continueAsNew();
      const fresh = this.#drain();
      await this.#family.gather();
      if (this.#family.isJoined) return;
      this.#follow(fresh);
      await this.#rest();
    }
  }

  /** Telling costs in proportion to the rows: a very long call is told less often, and takes no more of the processor. */
  async #rest(): Promise<void> {
    const rows = this.#facts.rowIds.length;
    if (rows > restlessRows && this.#facts.endedAtMs === null) await sleep(rows * restPerRowMs);
  }

  #hasNews(): boolean {
    return this.#inbox.length > 0 || this.#family.hasNews;
  }

  /** @returns false if there was no news for too long */
  async #next(silence: Silence, isNews: () => boolean): Promise<boolean> {
    silence.allow(isAnybodyThere(this.#facts) ? this.#input.timing.silenceMs : this.#input.timing.endMissingMs);
    await condition(() => isNews() || silence.isOver);
    if (!isNews()) return false;
    silence.begin();
    return true;
  }

  /** A conference or an agent's permanent line may write rows for days: its history must not grow with them. */
  #continueAsNew(): Promise<never> {
    const carried = {
      facts: this.#facts,
      inbox: this.#inbox,
      shownCards: this.#cards.shown,
      family: this.#family.carried(),
      phases: this.#story.carried(),
      registrations: Object.fromEntries([...this.#registrations].filter(([, { state }]) => state !== 'pending')),
    };
    return continueAsNew<typeof callWorkflow>({ ...this.#input, carried });
  }

  /** @returns whether the latest rows were fresh when they were read */
  #drain(): boolean {
    const batches = this.#inbox.splice(0);
    for (const batch of batches) addRows(this.#facts, batch.rows);
    return batches.at(-1)?.fresh ?? false;
  }

  #follow(fresh: boolean): void {
    this.#calls = conclude(this.#facts, this.#settings.pbx);
    this.#show();
    if (this.#calls.some((call) => call.answeredAtMs !== null)) this.#enter('talking');
    for (const call of this.#calls) {
      const decision = decide(call, this.#settings, fresh);
      this.#cards.show(call.linkedid, decision.cards);
      const othersGoOn = this.#calls.length > 1 && this.#facts.endedAtMs === null;
      if (decision.registration && othersGoOn) this.#settleAhead(call);
    }
  }

  /** Of several calls under one linkedid each is registered when it is over: the last may go on all day. */
  #settleAhead(call: Call): void {
    if (this.#registrations.has(call.linkedid)) return;
    this.#settle(call).catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
  }

  /** Reads what the tables say in the end, and brings every call to amoCRM and the journal. */
  async #close(): Promise<CallOutcome> {
    const cdr = await this.#gatherEnd();
    if (this.#family.isJoined) return this.#handOver();
    if (this.#input.occasion === 'again' && !this.#family.rowsRequest().beginningSeen) {
      return { notTold: 'Rows came after the close, but those before are gone: the journal stands.' };
    }
    this.#calls = this.#concludeEnd(cdr);
    if (this.#calls.length === 0) return { notTold: 'No row of a channel was ever seen.' };
    this.#show();
    this.#enter('ended');
    await Promise.all(this.#calls.map((call) => this.#settle(call)));
    this.#enter('closed');
    return { registrations: Object.fromEntries(this.#registrations) };
  }

  /** One attempt after the other for each call; the last one knows most for the journal. */
  #settle(call: Call): Promise<void> {
    const earlier = this.#settling.get(call.linkedid) ?? Promise.resolve();
    if (!this.#registrations.has(call.linkedid)) this.#registrations.set(call.linkedid, { state: 'pending' });
    const settling = earlier.then(async () => {
      this.#registrations.set(call.linkedid, await this.#settlement.settle(call));
      this.#show();
    });
    this.#settling.set(call.linkedid, settling);
    return settling;
  }

  async #gatherEnd(): Promise<CdrRow[]> {
    this.#family.askAgain();
    for (;;) {
      if (!this.#family.isGathered) await this.#family.gather();
      if (this.#family.isJoined) return [];
      const { cdr, hasMore } = await this.#readEnd();
      await this.#family.findTeller();
      if (!hasMore && this.#family.isGathered) return cdr;
    }
  }

  async #readEnd(): Promise<{ cdr: CdrRow[]; hasMore: boolean }> {
    const request = {
      ...this.#family.rowsRequest(),
      uniqueids: Object.keys(this.#facts.legs),
      cdrWaitMs: this.#facts.endedAtMs === null ? 0 : this.#input.timing.cdrWaitMs,
    };
    try {
      const end = await reads.readCallEnd.executeWithOptions({ summary: 'What CEL and CDR say in the end' }, [request]);
      addRows(this.#facts, end.rows);
      return end;
    } catch (error) {
      if (isCancellation(error)) throw error;
      this.#doubts.push(`Told without CDR. ${reasonOf(error)}`);
      return { cdr: [], hasMore: false };
    }
  }

  #concludeEnd(cdr: readonly CdrRow[]): Call[] {
    if (this.#facts.endedAtMs === null) endOpenCalls(this.#facts);
    const doubts = [...this.#doubts, ...this.#family.doubts];
    const calls = conclude(this.#facts, this.#settings.pbx, cdr);
    return calls.map((call) => ({ ...call, doubts: [...call.doubts, ...doubts] }));
  }

  /** Another actor tells this call: it gets what still comes here. */
  async #handOver(): Promise<CallOutcome> {
    this.#enter('joined');
    const silence = new Silence();
    for (;;) {
      await this.#family.gather();
      if (!this.#family.isJoined) return this.#close(); // that one is not followed after all
      const joinedInto = this.#family.teller;
      setCurrentDetails(`Asterisk joined this call into another: \`${callWorkflowId(this.#input.pbxId, joinedInto)}\``);
      for (const batch of this.#inbox.splice(0)) await this.#handOn(batch, joinedInto);
      if (this.#facts.endedAtMs !== null && !this.#hasNews()) return { joinedInto };
      if (!(await this.#next(silence, () => this.#hasNews()))) return { joinedInto };
    }
  }

  async #handOn(batch: CelBatch, linkedid: string): Promise<void> {
    addRows(this.#facts, batch.rows);
    const teller = getExternalWorkflowHandle(callWorkflowId(this.#input.pbxId, linkedid));
    try {
      await teller.signal(celRowsSignal, batch);
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.warn('The call that this one was joined to has closed: it read the rows in the table', { linkedid });
    }
  }

  #askForHelp(call: Call, reason: string): void {
    this.#registrations.set(call.linkedid, { state: 'needs-attention', reason });
    this.#show();
    this.#enter('needs attention');
  }

  #show(): void {
    const texts = this.#calls.map((call) =>
      callDetails(call, this.#story.tell(call), this.#registrations.get(call.linkedid)),
    );
    setCurrentDetails(texts.join('\n\n---\n\n'));
  }

  #enter(next: CallState): void {
    const needsHelp = [...this.#registrations.values()].some(({ state }) => state === 'needs-attention');
    const state = needsHelp ? 'needs attention' : next;
    if (this.#state === state) return;
    this.#state = state;
    const call = mainCall(this.#calls);
    upsertSearchAttributes([
      { key: searchAttributes.state, value: state },
      { key: searchAttributes.direction, value: call?.direction ?? null },
      { key: searchAttributes.extension, value: [...new Set(this.#calls.flatMap(extensionsOf))] },
      { key: searchAttributes.result, value: call?.result ?? null },
    ]);
  }
}

function extensionsOf(call: Call): string[] {
  return [...call.conversations.map((c) => c.extension), call.callerExtension].filter((e) => e !== null);
}
