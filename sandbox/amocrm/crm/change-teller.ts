import type { CrmChange } from './crm-change.ts';
import type { Client, CrmTask, Lead } from './crm-types.ts';
import type { LiveFeed } from './live-feed.ts';

type Action = CrmChange['action'];

/** Tells the page and webhooks what becomes of entities. */
export class ChangeTeller {
  readonly feed: LiveFeed;
  readonly #tellWebhooks: (change: CrmChange) => void;

  constructor(feed: LiveFeed, tellWebhooks: (change: CrmChange) => void) {
    this.feed = feed;
    this.#tellWebhooks = tellWebhooks;
  }

  client(action: Action, entity: Client): void {
    this.#show(action, 'contact', entity);
    this.#tellWebhooks({ action, kind: entity.type, entity });
  }

  /** @param clients those of the lead; the page counts their leads */
  lead(action: Action, entity: Lead, clients: Client[], oldStatusId?: number): void {
    this.#show(action, 'lead', entity);
    for (const client of clients) this.#show('update', 'contact', client);
    this.#tellWebhooks({ action, kind: 'lead', entity, ...(oldStatusId !== undefined && { oldStatusId }) });
  }

  task(action: Action, entity: CrmTask): void {
    this.#show(action, 'task', entity);
    this.#tellWebhooks({ action, kind: 'task', entity });
  }

  /** What is gone makes the page read everything anew; a new status or responsible comes with its update. */
  #show(action: Action, event: 'contact' | 'lead' | 'task', entity: object): void {
    if (action === 'delete') this.feed.publish('reset', {});
    if (action === 'add' || action === 'update') this.feed.publish(event, entity);
  }
}
