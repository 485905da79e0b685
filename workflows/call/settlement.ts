import { condition, isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import type { TaskEntity } from '../../activities/amocrm/tasks.ts';
import type { Call } from '../../proto/call.ts';
import type { CreateContact, Decision } from '../../proto/crm-action.ts';
import type { Registration } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { guardedWrites, local } from './activities.ts';
import { effectKey } from './contract.ts';
import { decide } from './decide/decide.ts';
import { reasonOf } from './failure.ts';
import type { CallFacts } from './interpret/index.ts';

/** amoCRM may need a moment until it finds a new contact by its phone. */
const searchLagPausesMs = [500, 2_000, 10_000, 30_000];

/** Brings finished calls into amoCRM and into the journal. Doing so again is harmless. */
export class Settlement {
  readonly #settings: CallSettings;
  readonly #facts: CallFacts;
  readonly #onRefusal: (call: Call, reason: string) => void;
  /** How often a person asked for another attempt. */
  #retries = 0;

  /** @param onRefusal called when amoCRM refuses for good, and a person is waited for */
  constructor(settings: CallSettings, facts: CallFacts, onRefusal: (call: Call, reason: string) => void) {
    this.#settings = settings;
    this.#facts = facts;
    this.#onRefusal = onRefusal;
  }

  retry(): void {
    this.#retries++;
  }

  async settle(call: Call): Promise<Registration> {
    const registration = await this.#act(call, decide(call, this.#settings, false));
    await this.#journal(call, registration);
    return registration;
  }

  async #act(call: Call, decision: Decision): Promise<Registration> {
    const { registration, notRegistered } = decision;
    if (!registration) return { state: 'not-sent', reason: notRegistered ?? 'The settings ask for nothing.' };
    await this.#journal(call, { state: 'pending' });
    for (;;) {
      try {
        const record = await this.#register(call, registration);
        if (record) return { state: 'registered', ...record, ...(await this.#settleTask(call, decision, record)) };
        return { state: 'not-sent', reason: 'amoCRM does not know the number, and the rule leaves such calls out.' };
      } catch (error) {
        if (isCancellation(error)) throw error;
        await this.#waitForPerson(call, reasonOf(error));
      }
    }
  }

  /** A task that amoCRM refuses does not hold up the call: it is told beside its record. */
  async #settleTask(call: Call, { task }: Decision, entity: TaskEntity): Promise<{ troubles?: string[] }> {
    if (!task) return {};
    const { accountId, pbx } = this.#settings;
    const key = effectKey(pbx.id, call.linkedid, task.kind);
    const endedAtMs = call.endedAtMs ?? call.startedAtMs;
    try {
      if (task.kind === 'create-task') {
        const request = { accountId, key, task, endedAtMs, entity };
        await guardedWrites.createTask.executeWithOptions({ summary: 'Task to call back' }, [request]);
      } else {
        const summary = 'The task to call back is done';
        await guardedWrites.completeTask.executeWithOptions({ summary }, [{ accountId, key, task }]);
      }
      return {};
    } catch (error) {
      if (isCancellation(error)) throw error;
      return { troubles: [`The task to call back: ${reasonOf(error)}`] };
    }
  }

  async #register({ linkedid }: Call, { call, contactIfUnknown }: NonNullable<Decision['registration']>) {
    const { accountId, pbx } = this.#settings;
    const request = { accountId, key: effectKey(pbx.id, linkedid, call.effect), call };
    const register = () => guardedWrites.registerCall.executeWithOptions({ summary: 'Register the call' }, [request]);
    let answer = await register();
    if (answer.outcome === 'unknown-client' && !contactIfUnknown) return undefined;
    for (const pauseMs of [0, ...searchLagPausesMs]) {
      if (answer.outcome === 'registered') return answer.record;
      await sleep(pauseMs);
      const summary = 'Contact for a client that amoCRM does not know';
      await guardedWrites.createContact.executeWithOptions({ summary }, [
        { accountId, contact: contactIfUnknown as CreateContact },
      ]);
      answer = await register();
    }
    if (answer.outcome === 'registered') return answer.record;
    throw new Error('amoCRM has a contact with this number but does not find it for the call.');
  }

  /** amoCRM refused for good: the call stays open and says so until somebody sends the `retry` signal. */
  async #waitForPerson(call: Call, reason: string): Promise<void> {
    const retries = this.#retries;
    await this.#journal(call, { state: 'needs-attention', reason });
    this.#onRefusal(call, reason);
    await condition(() => this.#retries > retries);
  }

  #journal(call: Call, registration: Registration): Promise<void> {
    const { workflowId } = workflowInfo();
    return local.writeJournal({ call, registration, workflowId, celRowIds: this.#facts.rowIds });
  }
}
