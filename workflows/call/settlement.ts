import { condition, isCancellation, sleep } from '@temporalio/workflow';
import type { CallRecord } from '../../activities/amocrm/effects.ts';
import type { Verdict } from '../../activities/amocrm/exactly-once.ts';
import type { NotAllRead } from '../../activities/amocrm/others-call.ts';
import type { EntityId } from '../../activities/store/known-clients.ts';
import type { BackfillMode } from '../../proto/backfill.ts';
import type { Call } from '../../proto/call.ts';
import type { AboutClient } from '../../proto/client.ts';
import type { EndDecision, RegisterCall } from '../../proto/crm-action.ts';
import type { OthersCall, Registration } from '../../proto/journal.ts';
import { mayStandByAnother, standsByAnother } from '../../proto/others-words.ts';
import type { CallSettings } from '../../proto/settings.ts';
import type { Acquaintance } from './acquaintance.ts';
import { local, looksAtOnce } from './activities.ts';
import { decisionOfBackfill } from './backfilled.ts';
import { effectKey } from './contract.ts';
import type { Case } from './decide/case.ts';
import { decideEnd, decideReached } from './decide/decide.ts';
import { endWithinLicence, holdOnRecord, holdOnStranger, withoutDecisionHook } from './decide/within-licence.ts';
import { askDecisionHook, type Word } from './decision-hook.ts';
import { brakeLimit, type DeedWork } from './deeds.ts';
import { adviceOn, reasonOf, typeOf, uncertainKeyOf } from './failure.ts';
import type { CallFacts } from './interpret/index.ts';
import { writeJournal } from './journal.ts';
import { isSameCall, othersCallRequest, ownRecordRequest } from './others.ts';
import type { Requests } from './requests.ts';

/** amoCRM may need a moment until it finds a new contact by its phone. */
const searchLagPausesMs = [500, 2_000, 10_000, 30_000];

/** A call does not wait longer for its lead: that comes all the same. */
const longestWaitForDeedsMs = 5 * 60_000;
/** Why is told beside it. */
const leadNotMade = 'amoCRM does not know the number, and the lead that a rule asks for was not made.';
/** What a person has to mend may mend itself: a right, a user, a field. */
const tryAgainMs = 3_600_000;

/** What a settlement works with. */
interface Means {
  settings: CallSettings;
  facts: CallFacts;
  acquaintance: Acquaintance;
  work: DeedWork;
  requests: Requests;
}

/** Brings finished calls into amoCRM and into the journal. Doing so again is harmless. */
export class Settlement {
  readonly #settings: CallSettings;
  readonly #facts: CallFacts;
  readonly #acquaintance: Acquaintance;
  readonly #work: DeedWork;
  readonly #requests: Requests;
  readonly #backfill: BackfillMode | undefined;
  readonly #onRefusal: (call: Call, reason: string) => void;
  /** How often a person asked for another attempt. */
  #retries = 0;
  /** By linkedid, what people say about calls of unknown fate. */
  readonly #verdicts = new Map<string, Verdict>();
  /** Linkedids of calls that are being settled. */
  readonly #under = new Set<string>();

  /**
   * @param backfill how calls of the past are treated; undefined: it is one of today
   * @param onRefusal called when amoCRM refuses for good, and a person is waited for
   */
  constructor(
    { settings, facts, acquaintance, work, requests }: Means,
    backfill: BackfillMode | undefined,
    onRefusal: (call: Call, reason: string) => void,
  ) {
    this.#settings = settings;
    this.#facts = facts;
    this.#acquaintance = acquaintance;
    this.#work = work;
    this.#requests = requests;
    this.#backfill = backfill;
    this.#onRefusal = onRefusal;
  }

  retry(): void {
    this.#retries++;
  }

  /**
   * What a person says about what is uncertain, also if it comes while another attempt is under way.
   *
   * @param linkedid of the call that is meant; may be left out where only one is being settled
   */
  hearVerdict(verdict: Verdict, linkedid?: string): void {
    const [only, ...others] = this.#under;
    const meant = linkedid ?? (others.length === 0 ? only : undefined);
    if (meant !== undefined && this.#under.has(meant)) this.#verdicts.set(meant, verdict);
  }

  async settle(call: Call): Promise<Registration> {
    this.#under.add(call.linkedid);
    try {
      const registration = await this.#act(call);
      await this.#journal(call, registration);
      return registration;
    } finally {
      this.#under.delete(call.linkedid);
      this.#verdicts.delete(call.linkedid);
    }
  }

  async #act(call: Call): Promise<Registration> {
    const undecided = decideEnd({ call, settings: this.#settings, about: this.#acquaintance.of(call) });
    if (undecided.isUnfit) return { state: 'not-sent', reason: undecided.notRegistered ?? '' };
    const of = { call, settings: this.#settings, about: await this.#learn(call) };
    const decided = decideEnd(of);
    const anothers = this.#backfill?.leaveOthers ? await this.#callOfAnother(call, decided) : undefined;
    if (anothers && 'call' in anothers) return { state: 'not-sent', reason: standsByAnother(anothers.call) };
    const registration = await this.#bring(of, decided);
    return anothers ? withTroubles(registration, [mayStandByAnother]) : registration;
  }

  async #bring(of: Case, decided: EndDecision): Promise<TerminalRegistration> {
    const { call } = of;
    const word = await this.#askOthers(of, decided);
    if ('leftOut' in word) {
      return withTroubles({ state: 'not-sent', reason: word.leftOut }, await this.#work.finish(call));
    }
    if ('unasked' in word) return withTroubles(word.unasked, await this.#work.finish(call));
    this.#work.begin(call, decideReached(of)); // those of a call that was read late
    const decision = decisionOfBackfill(endWithinLicence(word.decision, of), this.#backfill);
    const { registration, troubles } = await this.#carryOut(call, decision);
    const all = [...(word.trouble === undefined ? [] : [word.trouble]), ...troubles];
    return withTroubles(withHeldBack(registration, decision), all);
  }

  /** The program that may change or forbid what was decided, if there is one and the licence lets it be asked. */
  async #askOthers(of: Case, decision: EndDecision): Promise<Word | { unasked: TerminalRegistration }> {
    const { decisionHook } = this.#settings;
    if (!decisionHook || holdOnRecord(decision)) return { decision };
    const held = withoutDecisionHook(decisionHook, of, decision);
    if (!held) return askDecisionHook(decisionHook, of.call, decision, this.#settings);
    return 'unasked' in held ? { unasked: { state: 'unlicensed', heldBack: held.unasked } } : held;
  }

  #learn(call: Call): Promise<AboutClient> {
    return this.#untilAnswered(call, () => this.#acquaintance.learnForGood(call));
  }

  /** @returns undefined if no other product has put this call into amoCRM */
  async #callOfAnother(
    call: Call,
    { registration }: EndDecision,
  ): Promise<{ call: OthersCall } | NotAllRead | undefined> {
    if (!registration) return undefined;
    const { accountId, pbx } = this.#settings;
    const asked = othersCallRequest(accountId, call, registration);
    const { accountId: _, ...request } = ownRecordRequest(pbx.id, asked, call);
    const look = () => this.#requests.send('findOthersCall', 'Has another product put it there?', request);
    const answer = await this.#untilAnswered(call, look);
    if (answer && 'isCut' in answer) return answer;
    return answer && isSameCall(answer.call, call) ? answer : undefined;
  }

  async #untilAnswered<T>(call: Call, ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (isCancellation(error)) throw error;
        await this.#waitForPerson(call, error);
      }
    }
  }

  /** The lead first, since the call belongs on it; the rest when the call stands. */
  async #carryOut(
    call: Call,
    decision: EndDecision,
  ): Promise<{ registration: TerminalRegistration; troubles: string[] }> {
    if (decision.registration) await this.#journal(call, { state: 'pending' });
    if (decision.lead) this.#work.begin(call, [{ lead: decision.lead, changes: [], hooks: [] }]);
    if (this.#work.isBusyInAmocrm(call)) await this.#work.isDoneInAmocrmWithin(call, longestWaitForDeedsMs);
    const registration = await this.#register(call, decision);
    if (this.#work.isBusy(call)) await this.#journal(call, registration); // what else is asked for may take long
    const { contact, ...later } = decision;
    const isUnasked = !decision.registration; // else the contact was made with the record
    this.#work.begin(call, [{ ...later, ...(contact && isUnasked && { contact }) }]);
    const taskTroubles = await this.#settleTask(call, decision, registration);
    return { registration, troubles: [...(await this.#work.finish(call)), ...taskTroubles] };
  }

  /** Until the call is registered, or it is certain that it will not be. */
  async #register(call: Call, decision: EndDecision): Promise<TerminalRegistration> {
    const { registration, notRegistered, heldBack = [] } = decision;
    if (holdOnRecord(decision)) return { state: 'unlicensed', heldBack };
    if (!registration) return { state: 'not-sent', reason: notRegistered ?? 'The settings ask for nothing.' };
    for (;;) {
      try {
        const record = await this.#tryToRegister(call, registration, decision);
        if (record) return { state: 'registered', ...record };
        if (holdOnStranger(decision)) return { state: 'unlicensed', heldBack };
        const reason = decision.lead ? leadNotMade : 'amoCRM does not know the number, and no rule asks for a contact.';
        return { state: 'not-sent', reason };
      } catch (error) {
        if (isCancellation(error)) throw error;
        if (typeOf(error) === 'Braked') return { state: 'not-sent', reason: reasonOf(error) };
        await this.#waitForPerson(call, error);
      }
    }
  }

  /** @returns undefined if amoCRM does not know the client and shall not */
  async #tryToRegister(
    call: Call,
    record: RegisterCall,
    { contact, incomingLead }: EndDecision,
  ): Promise<CallRecord | undefined> {
    const request = { key: effectKey(this.#settings.pbx.id, call.linkedid, record.effect), call: record };
    const limit = brakeLimit(call, this.#settings);
    const register = () => this.#requests.send('registerCall', 'Register the call', request);
    let answer = await register();
    if (answer.outcome === 'registered') return answer.record;
    if (incomingLead) {
      const summary = 'Incoming lead for a caller that amoCRM does not know';
      return this.#requests.send('registerAsIncomingLead', summary, { ...request, incomingLead, ...limit });
    }
    if (!contact) return undefined;
    for (const pauseMs of [0, ...searchLagPausesMs]) {
      if (pauseMs > 0) await sleep(pauseMs); // a timer of no length would take Temporal a second
      const summary = 'Contact for a client that amoCRM does not know';
      this.#work.noteMade(call, await this.#requests.send('createContact', summary, { contact, ...limit }));
      answer = await register();
      if (answer.outcome === 'registered') return answer.record;
    }
    throw new Error('amoCRM has a contact with this number but does not find it for the call.');
  }

  /** A task that amoCRM refuses does not hold up the call: it is told beside its record. */
  async #settleTask(call: Call, { task }: EndDecision, registration: TerminalRegistration): Promise<string[]> {
    if (!task) return [];
    const key = effectKey(this.#settings.pbx.id, call.linkedid, task.kind);
    try {
      if (task.kind === 'complete-task') {
        if (looksAtOnce(this.#backfill) && !(await this.#hasTaskToCallBack(task.phone))) return [];
        await this.#requests.send('completeTask', 'Closing of the task to call back', { key, task });
        return [];
      }
      const entity = await this.#entityOf(task.phone, registration);
      if (!entity) return ['The task to call back: amoCRM has no client to put it on.'];
      const endedAtMs = call.endedAtMs ?? call.startedAtMs;
      const request = { key, task, endedAtMs, entity, ...brakeLimit(call, this.#settings) };
      await this.#requests.send('createTask', 'Task to call back', request);
      return [];
    } catch (error) {
      if (isCancellation(error)) throw error;
      return [`The task to call back: ${reasonOf(error)}`];
    }
  }

  #hasTaskToCallBack(phone: string): Promise<boolean> {
    return local.hasTaskToCallBack({ accountId: this.#settings.accountId, phone });
  }

  /** Where the call stands; for one that is not registered, its client. */
  async #entityOf(phone: string, registration: TerminalRegistration): Promise<EntityId | undefined> {
    if (registration.state === 'registered') {
      const { entityType, entityId } = registration;
      return entityType === null || entityId === null ? undefined : { entityType, entityId };
    }
    return (await this.#requests.send('askForClient', 'Whose task?', { phone })) ?? undefined;
  }

  /** amoCRM refused for good: the call stays open and says so until somebody sends a signal, or an hour is over. */
  async #waitForPerson(call: Call, error: unknown): Promise<void> {
    const reason = `${reasonOf(error)}${adviceOn(error)}`;
    const retries = this.#retries;
    await this.#journal(call, { state: 'needs-attention', reason });
    this.#onRefusal(call, reason);
    const isHeard = () => this.#retries > retries || this.#verdicts.has(call.linkedid);
    await condition(isHeard, tryAgainMs);
    const [verdict, key] = [this.#verdicts.get(call.linkedid), uncertainKeyOf(error)];
    this.#verdicts.delete(call.linkedid);
    if (verdict && key !== undefined) await this.#requests.send('settleUncertain', "A person's word", { key, verdict });
  }

  #journal(call: Call, registration: Registration): Promise<void> {
    return writeJournal(call, registration, this.#facts);
  }
}

function withTroubles(registration: TerminalRegistration, troubles: string[]): TerminalRegistration {
  const all = [...(registration.troubles ?? []), ...troubles];
  return all.length > 0 ? { ...registration, troubles: all } : registration;
}

function withHeldBack(registration: TerminalRegistration, { heldBack }: EndDecision): TerminalRegistration {
  return heldBack ? { ...registration, heldBack } : registration;
}

type TerminalRegistration = Extract<Registration, { state: 'registered' | 'not-sent' | 'unlicensed' }>;
