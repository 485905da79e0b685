import type { Client } from './crm-types.ts';
import { fieldTexts } from './custom-fields.ts';
import { digitsOf, phoneKey } from './phone-key.ts';

/** Contacts and companies, found by id, phone and text. Clients of incoming leads are kept, but found by none of these. */
export class ClientBook {
  #clients: Client[] = [];
  #byPhone = new Map<string, Client[]>();
  readonly #addedAtMs = new WeakMap<Client, number>();
  /** So long neither a search nor a phone finds whoever came through the API; amoCRM's index lags behind too. */
  searchLagMs = 0;

  clear(): void {
    this.#clients = [];
    this.#byPhone.clear();
  }

  get all(): Client[] {
    return this.#clients.filter(({ isUnsorted }) => !isUnsorted);
  }

  byId(type: Client['type'], id: number): Client | undefined {
    const client = this.withUnsorted(type, id);
    return client?.isUnsorted ? undefined : client;
  }

  /** Finds also who came with an incoming lead. */
  withUnsorted(type: Client['type'], id: number): Client | undefined {
    return this.#clients.find((client) => client.type === type && client.id === id);
  }

  add(client: Client): void {
    this.#addedAtMs.set(client, Date.now());
    this.#clients.push(client);
    this.#index(client);
  }

  /** Writes the changed members into a known client. */
  change(client: Client, changed: Partial<Client>): void {
    this.#unindex(client);
    Object.assign(client, changed);
    this.#index(client);
  }

  remove(client: Client): void {
    this.#unindex(client);
    this.#clients = this.#clients.filter((each) => each !== client);
  }

  /** Whose phone it is, the oldest first. */
  ownersOf(phone: string): readonly Client[] {
    return this.#withPhone(phone).filter((client) => this.#isFound(client));
  }

  /** Clients any filled field of which has the text; phones are also compared by digits alone. */
  search(type: Client['type'], query: string): Client[] {
    const all = this.all.filter((client) => client.type === type && this.#isFound(client));
    const text = query.toLowerCase();
    if (text === '') return all;
    const digits = /^[\d\s()+-]+$/.test(query) ? digitsOf(query) : '';
    return all.filter((client) => {
      const values = client.fields.flatMap((field) => field.values.map((v) => String(v.value)));
      if ([client.name, client.firstName, client.lastName, ...values].some((v) => v.toLowerCase().includes(text))) {
        return true;
      }
      return digits !== '' && fieldTexts(client.fields, 'PHONE').some((phone) => digitsOf(phone).includes(digits));
    });
  }

  #isFound(client: Client): boolean {
    const ageMs = Date.now() - (this.#addedAtMs.get(client) ?? 0);
    return !client.isNew || ageMs >= this.searchLagMs;
  }

  #withPhone(phone: string): readonly Client[] {
    return this.#byPhone.get(phoneKey(phone)) ?? [];
  }

  #index(client: Client): void {
    if (client.isUnsorted) return;
    for (const key of new Set(fieldTexts(client.fields, 'PHONE').map(phoneKey))) {
      if (key === '') continue;
      this.#byPhone.set(
        key,
        [...this.#withPhone(key), client].toSorted((a, b) => a.id - b.id),
      );
    }
  }

  #unindex(client: Client): void {
    for (const key of new Set(fieldTexts(client.fields, 'PHONE').map(phoneKey))) {
      this.#byPhone.set(
        key,
        this.#withPhone(key).filter((each) => each !== client),
      );
    }
  }
}
