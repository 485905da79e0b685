import type {
  CallNote,
  Card,
  Client,
  CrmTask,
  CrmUser,
  Deal,
  EntityReference,
  NewContact,
  NewTask,
  TaskChange,
} from './crm-types.ts';
import { fieldsOf, fieldTexts, storedField } from './custom-fields.ts';
import type { LiveFeed } from './live-feed.ts';
import { digitsOf, phoneKey } from './phone-key.ts';
import { changedTask, taskOf } from './task-fields.ts';

/** A client written down in short, as seeds and `POST /sandbox/contacts` give it. */
export interface ClientSeed {
  type?: 'contact' | 'company';
  name: string;
  phones?: string[];
  emails?: string[];
  comment?: string;
  /** Names of open leads, lost leads and customers to make for the client. */
  leads?: string[];
  lostLeads?: string[];
  customers?: string[];
}

const firstIds = {
  contact: 1000001,
  company: 2000001,
  lead: 3000001,
  customer: 4000001,
  note: 5000001,
  task: 6000001,
  card: 1,
};

/** All that this amoCRM remembers. Lives in memory and is emptied by `reset`. */
export class CrmStore {
  readonly users: readonly CrmUser[];
  clients: Client[] = [];
  deals: Deal[] = [];
  calls: CallNote[] = [];
  cards: Card[] = [];
  tasks: CrmTask[] = [];
  readonly #seeds: readonly ClientSeed[];
  readonly #feed: LiveFeed;
  readonly #now: () => number;
  #nextIds = { ...firstIds };
  #clientsByPhone = new Map<string, Client[]>();

  constructor(users: readonly CrmUser[], seeds: readonly ClientSeed[], feed: LiveFeed, now: () => number) {
    this.users = users;
    this.#seeds = seeds;
    this.#feed = feed;
    this.#now = now;
    this.reset();
  }

  /** Back to the state after the start. */
  reset(): void {
    this.clients = [];
    this.deals = [];
    this.calls = [];
    this.cards = [];
    this.tasks = [];
    this.#nextIds = { ...firstIds };
    this.#clientsByPhone.clear();
    for (const seed of this.#seeds) this.#plant(seed);
    this.#feed.publish('reset', {});
  }

  isUser(id: number): boolean {
    return this.users.some((user) => user.id === id);
  }

  nowSeconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  nowIso(): string {
    return new Date(this.#now()).toISOString();
  }

  clientById(type: Client['type'], id: number): Client | undefined {
    return this.clients.find((client) => client.type === type && client.id === id);
  }

  dealsOf(client: Client, type: Deal['type']): Deal[] {
    return this.deals.filter((deal) => deal.type === type && deal.clientIds.includes(client.id));
  }

  /** @returns undefined if there is no such entity. */
  nameOf(type: EntityReference['type'], id: number): string | undefined {
    const named = type === 'contact' || type === 'company' ? this.clients : this.deals;
    return named.find((entity) => entity.type === type && entity.id === id)?.name;
  }

  taskById(id: number): CrmTask | undefined {
    return this.tasks.find((task) => task.id === id);
  }

  /** Deadline of the client's open task that is due first, null if there is none. */
  closestTaskAt({ type, id }: Client): number | null {
    const open = this.tasks.filter(
      ({ entity, isCompleted }) => !isCompleted && entity?.type === type && entity.id === id,
    );
    return open.map((task) => task.completeTillSeconds).toSorted((a, b) => a - b)[0] ?? null;
  }

  /** Which entity gets a call of this phone (contract 6); among several clients the oldest, contacts first. */
  entityOfPhone(phone: string): EntityReference | null {
    const owners = this.#clientsByPhone.get(phoneKey(phone)) ?? [];
    const client = owners.find((owner) => owner.type === 'contact') ?? owners[0];
    if (!client) return null;
    const leads = this.dealsOf(client, 'lead').filter((lead) => lead.isActive);
    const customers = this.dealsOf(client, 'customer');
    const [lead, customer] = [leads[0], customers[0]];
    if (lead && leads.length === 1 && customers.length === 0) return { type: 'lead', id: lead.id, name: lead.name };
    if (customer && customers.length === 1 && leads.length === 0) {
      return { type: 'customer', id: customer.id, name: customer.name };
    }
    return { type: client.type, id: client.id, name: client.name };
  }

  /** Clients any filled field of which has the text; phones are also compared by digits alone. */
  search(type: Client['type'], query: string): Client[] {
    const all = this.clients.filter((client) => client.type === type);
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

  /** A contact from the API. There is no look for duplicates, as in amoCRM. */
  addContact(contact: NewContact): Client {
    const { first_name: firstName = '', last_name: lastName = '' } = contact;
    const author = contact.created_by ?? this.users[0]?.id ?? 0;
    const nowSeconds = this.nowSeconds();
    const tags = [...(contact._embedded?.tags ?? []), ...(contact.tags_to_add ?? [])];
    return this.#keep({
      ...this.#blankClient('contact', contact.name ?? `${firstName} ${lastName}`.trim()),
      firstName,
      lastName,
      responsibleUserId: contact.responsible_user_id ?? author,
      createdBy: author,
      updatedBy: contact.updated_by ?? author,
      createdAtSeconds: contact.created_at ?? nowSeconds,
      updatedAtSeconds: contact.updated_at ?? nowSeconds,
      fields: (contact.custom_fields_values ?? []).map(storedField),
      tags: tags.map((tag, index) => ({ id: tag.id ?? index + 1, name: tag.name ?? '' })),
      isNew: true,
    });
  }

  /** A client as if somebody had entered it by hand. */
  seedClient(seed: ClientSeed): Client {
    return this.#plant(seed);
  }

  /** As if somebody had given the client other phones, or none. */
  setPhones(client: Client, phones: string[]): void {
    for (const known of this.#clientsByPhone.values()) {
      const index = known.indexOf(client);
      if (index >= 0) known.splice(index, 1);
    }
    client.fields = [...client.fields.filter((field) => field.field_code !== 'PHONE'), ...fieldsOf({ phones })];
    this.#indexPhones(client);
  }

  addCall(call: Omit<CallNote, 'id' | 'at'>): CallNote {
    const note = { ...call, id: this.#nextIds.note++, at: this.nowIso() };
    this.calls.push(note);
    this.#feed.publish('call', note);
    return note;
  }

  addCard(card: Omit<Card, 'id' | 'at'>): Card {
    const shown = { ...card, id: this.#nextIds.card++, at: this.nowIso() };
    this.cards.push(shown);
    this.#feed.publish('card', shown);
    return shown;
  }

  addTask(asked: NewTask): CrmTask {
    const birth = { id: this.#nextIds.task++, currentUserId: this.users[0]?.id ?? 0, nowSeconds: this.nowSeconds() };
    const task = taskOf(asked, birth);
    this.tasks.push(task);
    this.#feed.publish('task', task);
    return task;
  }

  changeTask(task: CrmTask, change: TaskChange): void {
    Object.assign(task, changedTask(task, change, this.users[0]?.id ?? 0, this.nowSeconds()));
    this.#feed.publish('task', task);
  }

  /** As if whoever is responsible had ticked it off. */
  completeTask(task: CrmTask): void {
    if (!task.isCompleted) this.changeTask(task, { is_completed: true, updated_by: task.responsibleUserId });
  }

  #plant(seed: ClientSeed): Client {
    const blank = this.#blankClient(seed.type ?? 'contact', seed.name);
    const client = this.#keep({ ...blank, fields: fieldsOf(seed) });
    const link = (type: Deal['type'], names: string[] | undefined, isActive: boolean) => {
      for (const name of names ?? []) {
        this.deals.push({ type, id: this.#nextIds[type]++, name, isActive, clientIds: [client.id] });
      }
    };
    link('lead', seed.leads, true);
    link('lead', seed.lostLeads, false);
    link('customer', seed.customers, true);
    return client;
  }

  #blankClient(type: Client['type'], name: string): Client {
    const [author, nowSeconds] = [this.users[0]?.id ?? 0, this.nowSeconds()];
    return {
      ...{ type, id: this.#nextIds[type]++, name, firstName: '', lastName: '', fields: [], tags: [], companyId: null },
      ...{ responsibleUserId: author, createdBy: author, updatedBy: author, isNew: false },
      ...{ createdAtSeconds: nowSeconds, updatedAtSeconds: nowSeconds },
    };
  }

  #keep(client: Client): Client {
    this.clients.push(client);
    this.#indexPhones(client);
    this.#feed.publish('contact', client);
    return client;
  }

  #indexPhones(client: Client): void {
    for (const key of new Set(fieldTexts(client.fields, 'PHONE').map(phoneKey))) {
      if (key !== '') this.#clientsByPhone.set(key, [...(this.#clientsByPhone.get(key) ?? []), client]);
    }
  }
}
