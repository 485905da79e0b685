import {
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  log,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { CallEnd } from '../../activities/asterisk/index.ts';
import type { Call } from '../../proto/call.ts';
import type { CdrRow } from '../../proto/cdr.ts';
import type { Decision, ShowCard } from '../../proto/crm-action.ts';
import type { Registration } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { searchAttributes } from '../search-attributes.ts';
import { guardedWrites, local, perishable, reads } from './activities.ts';
import { type CallInput, type CelBatch, effectKey } from './contract.ts';
import { decide } from './decide/decide.ts';
import { callProgress } from './describe.ts';
import { reasonOf } from './failure.ts';
import {
  addRows,
  type CallFacts,
  conclude,
  endOpenCalls,
  isAnybodyThere,
  mainCall,
  noFacts,
} from './interpret/index.ts';
import { Silence } from './silence.ts';
import type { call as callWorkflow } from './workflow.ts';

/** amoCRM may need a moment until it finds a new contact by its phone. */
const searchLagPausesMs = [500, 2_000, 10_000, 30_000];

type CallState = 'ringing' | 'talking' | 'ended' | 'closed' | 'needs attention';

/**
 * One call from its first row to its record in amoCRM. Handlers only fill the inbox; everything else happens in
 * `run`, so nothing interleaves but the cards, which may be slow and must not hold up the reading of rows.
 */
export class CallActor {
  readonly #input: CallInput;
  readonly #settings: CallSettings;
  readonly #facts: CallFacts;
  readonly #inbox: CelBatch[] = [];
  readonly #shownCards: Set<string>;
  readonly #ringing = new CancellationScope();
  readonly #doubts: string[] = [];
  #state: CallState = 'ringing';
  #retryAsked = false;

  constructor(input: CallInput, settings: CallSettings, inbox: CelBatch[]) {
    this.#input = input;
    this.#settings = settings;
    this.#facts = input.carried?.facts ?? noFacts(input.linkedid);
    this.#shownCards = new Set(input.carried?.shownCards);
    this.#inbox = inbox;
  }

  retry(): void {
    this.#retryAsked = true;
  }

  async run(): Promise<Registration> {
    if (this.#input.occasion === 'live') await this.#followRows();
    this.#ringing.cancel(); // a card for a call that is over is news to nobody
    let registration: Registration;
    do {
      this.#drain();
      registration = await this.#close();
    } while (this.#inbox.length > 0); // rows that came while the call was being closed
    return registration;
  }

  async #followRows(): Promise<void> {
    const silence = new Silence();
    while (this.#facts.endedAtMs === null) {
      silence.allow(isAnybodyThere(this.#facts) ? this.#input.timing.silenceMs : this.#input.timing.endMissingMs);
      await condition(() => this.#inbox.length > 0 || silence.isOver);
      if (this.#inbox.length === 0) return;
      if (workflowInfo().continueAsNewSuggested) await this.#continueAsNew();
      silence.begin();
      const fresh = this.#drain();
      const call = mainCall(conclude(this.#facts, this.#settings.pbx), this.#facts);
      if (call) this.#follow(call, fresh);
    }
  }

  /** A conference or an agent's permanent line may write rows for days: its history must not grow with them. */
  #continueAsNew(): Promise<never> {
    const carried = { facts: this.#facts, inbox: this.#inbox, shownCards: [...this.#shownCards] };
    return continueAsNew<typeof callWorkflow>({ ...this.#input, carried });
  }

  /** @returns whether the latest rows were fresh when they were read */
  #drain(): boolean {
    const batches = this.#inbox.splice(0);
    for (const batch of batches) addRows(this.#facts, batch.rows);
    return batches.at(-1)?.fresh ?? false;
  }

  #follow(call: Call, fresh: boolean): void {
    setCurrentDetails(callProgress(call));
    if (call.answeredAtMs !== null) this.#enter('talking', call);
    const due = decide(call, this.#settings, fresh).cards.filter((card) => !this.#shownCards.has(card.effect));
    if (due.length > 0) this.#showCards(due);
  }

  #showCards(cards: ShowCard[]): void {
    for (const card of cards) this.#shownCards.add(card.effect);
    const summary = `Card to ${cards.map((card) => card.extension).join(', ')}`;
    const { accountId, pbx } = this.#settings;
    const keyOf = (card: ShowCard) => effectKey(pbx.id, this.#input.linkedid, card.effect);
    const request = { accountId, cards: cards.map((card) => ({ ...card, key: keyOf(card) })) };
    this.#ringing
      .run(() => perishable.showCards.executeWithOptions({ summary }, [request]))
      .catch((error: unknown) => {
        if (!isCancellation(error)) log.warn('No card was shown', { reason: reasonOf(error) });
      });
  }

  /** Reads what the tables say in the end, registers the call, and writes the journal. */
  async #close(): Promise<Registration> {
    const { rows, cdr } = await this.#readEnd();
    addRows(this.#facts, rows);
    const call = this.#concludeEnd(cdr);
    if (this.#input.occasion === 'again' && !this.#beginningSeen()) {
      return { state: 'not-sent', reason: 'Rows came after the close, but those before are gone: the journal stands.' };
    }
    if (!call) return { state: 'not-sent', reason: 'No row of a channel was ever seen.' };
    setCurrentDetails(callProgress(call));
    this.#enter('ended', call);
    const registration = await this.#act(call, decide(call, this.#settings, false));
    await this.#journal(call, registration);
    this.#enter('closed', call);
    setCurrentDetails(`${callProgress(call)}\n\n${registrationText(registration)}`);
    return registration;
  }

  async #readEnd(): Promise<CallEnd> {
    const request = {
      pbxId: this.#input.pbxId,
      linkedid: this.#input.linkedid,
      knownRowIds: this.#facts.rowIds,
      beginningSeen: this.#beginningSeen(),
      uniqueids: Object.keys(this.#facts.legs),
      cdrWaitMs: this.#facts.endedAtMs === null ? 0 : this.#input.timing.cdrWaitMs,
    };
    try {
      return await reads.readCallEnd.executeWithOptions({ summary: 'What CEL and CDR say in the end' }, [request]);
    } catch (error) {
      if (isCancellation(error)) throw error;
      this.#doubts.push(`Told without CDR. ${reasonOf(error)}`);
      return { rows: [], cdr: [] };
    }
  }

  #beginningSeen(): boolean {
    return this.#facts.legs[this.#input.linkedid]?.start != null;
  }

  #concludeEnd(cdr: readonly CdrRow[]): Call | undefined {
    const { pbx } = this.#settings;
    if (this.#facts.endedAtMs === null) endOpenCalls(this.#facts);
    const call = mainCall(conclude(this.#facts, pbx, cdr), this.#facts);
    return call && { ...call, doubts: [...call.doubts, ...this.#doubts] };
  }

  async #act(call: Call, decision: Decision): Promise<Registration> {
    const { registration, notRegistered } = decision;
    if (!registration) return { state: 'not-sent', reason: notRegistered ?? 'The settings ask for nothing.' };
    await this.#journal(call, { state: 'pending' });
    for (;;) {
      try {
        return { state: 'registered', ...(await this.#register(registration)) };
      } catch (error) {
        if (isCancellation(error)) throw error;
        await this.#waitForPerson(call, reasonOf(error));
      }
    }
  }

  async #register({ call, contactIfUnknown }: NonNullable<Decision['registration']>) {
    const { accountId, pbx } = this.#settings;
    const request = { accountId, key: effectKey(pbx.id, this.#input.linkedid, call.effect), call };
    const register = () => guardedWrites.registerCall.executeWithOptions({ summary: 'Register the call' }, [request]);
    let answer = await register();
    for (const pauseMs of [0, ...searchLagPausesMs]) {
      if (answer.outcome === 'registered') return answer.record;
      await sleep(pauseMs);
      const summary = 'Contact for a client that amoCRM does not know';
      await guardedWrites.createContact.executeWithOptions({ summary }, [{ accountId, contact: contactIfUnknown }]);
      answer = await register();
    }
    if (answer.outcome === 'registered') return answer.record;
    throw new Error('amoCRM has a contact with this number but does not find it for the call.');
  }

  /** amoCRM refused for good: the call stays open and says so until somebody sends the `retry` signal. */
  async #waitForPerson(call: Call, reason: string): Promise<void> {
    this.#retryAsked = false;
    await this.#journal(call, { state: 'needs-attention', reason });
    this.#enter('needs attention', call);
    setCurrentDetails(`**Needs attention:** ${reason}\n\nMend the cause, then send the signal \`retry\`.`);
    await condition(() => this.#retryAsked);
  }

  #journal(call: Call, registration: Registration): Promise<void> {
    const { workflowId } = workflowInfo();
    return local.writeJournal({ call, registration, workflowId, celRowIds: this.#facts.rowIds });
  }

  #enter(state: CallState, call: Call): void {
    if (this.#state === state) return;
    this.#state = state;
    upsertSearchAttributes([
      { key: searchAttributes.state, value: state },
      { key: searchAttributes.direction, value: call.direction },
      { key: searchAttributes.extension, value: extensionsOf(call) },
      { key: searchAttributes.result, value: call.result },
    ]);
  }
}

function extensionsOf(call: Call): string[] {
  const all = [...call.conversations.map((c) => c.extension), call.callerExtension].filter((e) => e !== null);
  return [...new Set(all)];
}

function registrationText(registration: Registration): string {
  if (registration.state === 'registered') {
    return `Registered in amoCRM: ${registration.entityType} ${registration.entityId}, note ${registration.noteId}.`;
  }
  return registration.state === 'not-sent' ? registration.reason : registration.state;
}
