import type { RequestRecord } from '../crm/crm-types.ts';
import type { LiveFeed } from '../crm/live-feed.ts';

const keptRequests = 1000;

/** The last thousand API requests and the count of all. */
export class RequestLog {
  readonly #feed: LiveFeed;
  #records: RequestRecord[] = [];
  #count = 0;

  constructor(feed: LiveFeed) {
    this.#feed = feed;
  }

  add(record: Omit<RequestRecord, 'id'>): void {
    this.#count += 1;
    const kept = { ...record, id: this.#count };
    this.#records.push(kept);
    if (this.#records.length > keptRequests) this.#records.shift();
    this.#feed.publish('request', kept);
  }

  clear(): void {
    this.#records = [];
    this.#count = 0;
  }

  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  get count(): number {
    return this.#count;
  }
}
