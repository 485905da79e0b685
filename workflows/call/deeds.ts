import { condition, isCancellation } from '@temporalio/workflow';
import type { BrakeLimit } from '../../activities/amocrm/dependencies.ts';
import type { Call } from '../../proto/call.ts';
import type { CallHook, ChangeEntity, CreateContact, CreateLead, Deeds } from '../../proto/crm-action.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { holds } from '../promises.ts';
import { hooks } from './activities.ts';
import { effectKey } from './contract.ts';
import { reasonOf } from './failure.ts';
import type { Requests } from './requests.ts';

/**
 * What rules ask for beside cards and the call's record, each once for a call. While the call goes on it is done beside
 * everything else: what is for amoCRM in order, and in order what each hook is told, for whom nobody waits.
 */
export class DeedWork {
  readonly #settings: CallSettings;
  readonly #requests: Requests;
  /** Effects, with the linkedid before them, that are under way or done. */
  readonly #begun: Set<string>;
  readonly #done: Set<string>;
  readonly #troubles = new Map<string, string[]>();
  /** By linkedid and line, what is under way. */
  readonly #under = new Map<string, Promise<void>>();

  /** @param done what an earlier run has done; what it had only begun may be begun again, the ledger knows */
  constructor(settings: CallSettings, requests: Requests, done: readonly string[]) {
    this.#settings = settings;
    this.#requests = requests;
    this.#begun = new Set(done);
    this.#done = new Set(done);
  }

  get done(): string[] {
    return [...this.#done];
  }

  /** @param all what is due now; what was begun is left out */
  begin(call: Call, all: readonly Deeds[]): void {
    for (const deed of all.flatMap((deeds) => this.#due(call, deeds))) {
      const line = lineOf(call, deed);
      const before = this.#under.get(line) ?? Promise.resolve();
      const work = before.then(() => this.#do(call, deed));
      this.#under.set(line, work);
      const isLast = () => this.#under.get(line) === work;
      work.then(() => isLast() && this.#under.delete(line)).catch(() => undefined); // only a cancelled workflow's
    }
  }

  /** Whether all that was begun in amoCRM for the call is done or refused by then. */
  isDoneInAmocrmWithin(call: Call, patienceMs: number): Promise<boolean> {
    return condition(() => !this.isBusyInAmocrm(call), patienceMs);
  }

  isBusyInAmocrm({ linkedid }: Call): boolean {
    return this.#under.has(amocrmLine(linkedid));
  }

  isBusy({ linkedid }: Call): boolean {
    return this.#linesOf(linkedid).length > 0;
  }

  /** When all that was begun for the call is done or refused. @returns in words, what was refused */
  async finish({ linkedid }: Call): Promise<string[]> {
    await this.#under.get(amocrmLine(linkedid));
    for (const line of this.#linesOf(linkedid)) await this.#under.get(line);
    return this.#troubles.get(linkedid) ?? [];
  }

  /** Of a line that goes on all day nothing is kept of clients who have left. */
  forget(linkedid: string): void {
    for (const line of this.#linesOf(linkedid)) this.#under.delete(line);
    this.#troubles.delete(linkedid);
    for (const names of [this.#begun, this.#done]) {
      for (const name of names) if (name.startsWith(`${linkedid}:`)) names.delete(name);
    }
  }

  #linesOf(linkedid: string): string[] {
    return [...this.#under.keys()].filter((line) => line.startsWith(`${linkedid}:`));
  }

  #due(call: Call, { contact, lead, changes, hooks: calledHooks }: Deeds): Deed[] {
    const deeds: Deed[] = [...(lead ? [lead] : contact ? [contact] : []), ...changes, ...calledHooks];
    return deeds.filter((deed) => {
      const name = nameOf(call, deed);
      if (this.#begun.has(name)) return false;
      this.#begun.add(name);
      return true;
    });
  }

  async #do(call: Call, deed: Deed): Promise<void> {
    try {
      await this.#act(call, deed);
      this.#done.add(nameOf(call, deed));
    } catch (error) {
      if (isCancellation(error)) throw error;
      this.#tell(call, refusalOf(deed, reasonOf(error)));
    }
  }

  /** @param made a contact, or a lead with its contact */
  noteMade(call: Call, made: { hasNoPhone?: boolean } | null): void {
    if (made?.hasNoPhone) this.#tell(call, noPhoneField);
  }

  #tell({ linkedid }: Call, trouble: string): void {
    const troubles = this.#troubles.get(linkedid) ?? [];
    if (!troubles.includes(trouble)) this.#troubles.set(linkedid, [...troubles, trouble]);
  }

  async #act(call: Call, deed: Deed): Promise<void> {
    const { accountId, pbx } = this.#settings;
    const summary = titles[deed.kind];
    const limit = brakeLimit(call, this.#settings);
    if (deed.kind === 'create-contact') {
      this.noteMade(call, await this.#requests.send('createContact', summary, { contact: deed, ...limit }));
    } else if (deed.kind === 'create-lead') {
      this.noteMade(call, await this.#requests.send('createLead', summary, { lead: deed, ...limit }));
    } else {
      const key = effectKey(pbx.id, call.linkedid, deed.effect);
      if (deed.kind === 'change') {
        await this.#requests.send('changeEntity', summary, { key, change: deed });
      } else {
        await hooks.callHook.executeWithOptions({ summary }, [{ accountId, key, hook: deed.hook, call }]);
      }
    }
  }
}

type Deed = CreateContact | CreateLead | ChangeEntity | CallHook;

const titles: Record<Deed['kind'], string> = {
  'create-contact': 'Contact for a client that amoCRM does not know',
  'create-lead': 'Lead for a client who has no open one',
  change: 'Change of the client or lead',
  'call-hook': 'Hook',
};

const amocrmLine = (linkedid: string): string => `${linkedid}:amocrm`;

/** What stands in one line is done one after the other. A call that began before an upgrade has one line for all. */
function lineOf({ linkedid }: Call, deed: Deed): string {
  const isApart = deed.kind === 'call-hook' && holds('hooks-apart');
  return isApart ? `${linkedid}:hook:${deed.hook}` : amocrmLine(linkedid);
}

/** What amoCRM refused, by the numbers that the rule names: people delete pipelines and stages. */
function refusalOf(deed: Deed, reason: string): string {
  const { pipelineId, statusId } = stageOf(deed);
  const where = [
    ...(pipelineId === undefined ? [] : [`in pipeline ${pipelineId}`]),
    ...(statusId === undefined ? [] : [`stage ${statusId}`]),
  ];
  if (where.length === 0 || !/pipeline_id|status_id/.test(reason)) return `${titles[deed.kind]}: ${reason}`;
  const asked = `${titles[deed.kind]}, ${where.join(', ')}: ${reason}`;
  return `${asked} Do they still exist in amoCRM? If not, change the rules that name them.`;
}

function stageOf(deed: Deed): { pipelineId?: number; statusId?: number } {
  if (deed.kind === 'create-lead') return deed;
  return (deed.kind === 'change' && deed.status) || {};
}

const noPhoneField =
  "The contact has no phone, since the account has no field for it: add the field Phone to amoCRM's contacts and write the number there.";

function nameOf({ linkedid }: Call, deed: Deed): string {
  return `${linkedid}:${'effect' in deed ? deed.effect : deed.kind}`;
}

/** How many new ones may be made for the number that was called; whom we call ourselves is no robot. */
export function brakeLimit({ did, direction }: Call, { mostNewPerHour }: CallSettings): { limit?: BrakeLimit } {
  const isBraked = mostNewPerHour !== undefined && direction === 'inbound';
  return isBraked ? { limit: { did: did ?? '', mostPerHour: mostNewPerHour } } : {};
}
