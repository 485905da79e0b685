import type { components } from '../../../proto/generated/amocrm.ts';

type Schemas = components['schemas'];

/** One subscription (contract 8.3). */
export interface Hook {
  id: number;
  destination: string;
  events: Schemas['WebhookEvent'][];
  sort: number;
  createdBy: number;
  createdAtSeconds: number;
  updatedAtSeconds: number;
  /** Bad answers of late made amoCRM give it up. */
  isDisabled: boolean;
  /** When it answered badly in the last two hours. */
  badAnswersMs: number[];
}

const firstHookId = 9000001;

/** The subscriptions of the account. */
export class HookList {
  all: Hook[] = [];
  #nextId = firstHookId;

  byDestination(destination: string): Hook | undefined {
    return this.all.find((hook) => hook.destination === destination);
  }

  /** The same destination again gets other events; it is not switched on by that. */
  subscribe({ destination, settings, sort = 0 }: Schemas['NewWebhook'], createdBy: number, nowSeconds: number): Hook {
    const known = this.byDestination(destination);
    if (known) return Object.assign(known, { events: settings, sort, updatedAtSeconds: nowSeconds });
    const hook: Hook = {
      ...{ id: this.#nextId++, destination, events: settings, sort, createdBy },
      ...{ createdAtSeconds: nowSeconds, updatedAtSeconds: nowSeconds, isDisabled: false, badAnswersMs: [] },
    };
    this.all.push(hook);
    return hook;
  }

  remove(hook: Hook): void {
    this.all = this.all.filter((each) => each !== hook);
  }
}
