import type { Birth } from './birth.ts';
import type { ChangeTeller } from './change-teller.ts';
import { ClientBook } from './client-book.ts';
import { changedClient, clientOf } from './client-fields.ts';
import type { CrmChange } from './crm-change.ts';
import type {
  Card,
  Client,
  ClientChange,
  CrmNote,
  CrmTask,
  CrmUser,
  Customer,
  EntityReference,
  Lead,
  LeadChange,
  NewContact,
  NewLead,
  NewTag,
  NewTask,
  TaskChange,
} from './crm-types.ts';
import { fieldsOf } from './custom-fields.ts';
import { changedLead, isOpen, leadOf } from './lead-fields.ts';
import { lostStatusId, PipelineBook } from './pipeline-book.ts';
import { isNamed, TagBook, withTags } from './tag-book.ts';
import { changedTask, taskOf } from './task-fields.ts';
import { UnsortedInbox } from './unsorted-inbox.ts';

/** A client written down in short, as seeds and `POST /sandbox/contacts` give it. */
export interface ClientSeed {
  type?: 'contact' | 'company';
  name: string;
  phones?: string[];
  emails?: string[];
  comment?: string;
  tags?: string[];
  responsibleUserId?: number;
  /** Of the company where a contact works. */
  companyId?: number;
  /** Names of open leads, lost leads and customers to make for the client. */
  leads?: string[];
  lostLeads?: string[];
  customers?: string[];
}

/** The account as it is when nothing has happened yet. */
export interface CrmSeed {
  users: readonly CrmUser[];
  pipelines: ConstructorParameters<typeof PipelineBook>[0];
  clients: readonly ClientSeed[];
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
  users: CrmUser[] = [];
  readonly pipelines: PipelineBook;
  readonly clients = new ClientBook();
  readonly unsorted: UnsortedInbox;
  tags = new TagBook();
  leads: Lead[] = [];
  customers: Customer[] = [];
  notes: CrmNote[] = [];
  cards: Card[] = [];
  tasks: CrmTask[] = [];
  /** The paid option without which filters of lists are not heeded (contract 5.1). */
  isApiFilterEnabled = false;
  /** Somebody may have deleted the field that holds phones. */
  hasPhoneField = true;

  set searchLagMs(lagMs: number) {
    this.clients.searchLagMs = lagMs;
  }
  readonly #seed: CrmSeed;
  readonly #teller: ChangeTeller;
  readonly #now: () => number;
  #nextIds = { ...firstIds };

  constructor(seed: CrmSeed, teller: ChangeTeller, now: () => number) {
    this.#seed = seed;
    this.#teller = teller;
    this.#now = now;
    this.pipelines = new PipelineBook(seed.pipelines);
    this.unsorted = new UnsortedInbox(this, teller);
    this.reset();
  }

  /** Back to the state after the start. */
  reset(): void {
    this.users = structuredClone([...this.#seed.users]);
    this.pipelines.reset();
    this.clients.clear();
    this.unsorted.clear();
    this.tags = new TagBook();
    this.leads = [];
    this.customers = [];
    this.notes = [];
    this.cards = [];
    this.tasks = [];
    this.isApiFilterEnabled = false;
    this.hasPhoneField = true;
    this.searchLagMs = 0;
    this.#nextIds = { ...firstIds };
    for (const seed of this.#seed.clients) this.seedClient(seed);
    this.#teller.feed.publish('reset', {});
  }

  /** True for users who may be named in a request. */
  isUser(id: number): boolean {
    return this.users.some((user) => user.id === id && user.isActive);
  }

  /** Whose token all requests bear. */
  get currentUserId(): number {
    return this.users[0]?.id ?? 0;
  }

  nowSeconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  nowIso(): string {
    return new Date(this.#now()).toISOString();
  }

  birth(type: keyof typeof firstIds): Birth {
    return { id: this.#nextIds[type]++, ...this.#moment() };
  }

  get calls(): CrmNote[] {
    return this.notes.filter(({ noteType }) => noteType !== 'common');
  }

  /** The lead unless it is deleted. */
  leadById(id: number): Lead | undefined {
    return this.leads.find((lead) => lead.id === id && !lead.isDeleted);
  }

  /** The leads of a client that people see, closed ones too. */
  leadsOf(client: Client): Lead[] {
    const isOfClient = (lead: Lead) =>
      client.type === 'company' ? lead.companyId === client.id : lead.contacts.some(({ id }) => id === client.id);
    return this.leads.filter((lead) => !lead.isDeleted && isOfClient(lead) && !this.unsorted.holds(lead));
  }

  customersOf({ id }: Client): Customer[] {
    return this.customers.filter(({ clientId }) => clientId === id);
  }

  /** False also for what is deleted and for clients of incoming leads. */
  hasEntity(type: EntityReference['type'], id: number): boolean {
    if (type === 'lead') return this.leadById(id) !== undefined;
    if (type === 'customer') return this.customers.some((customer) => customer.id === id);
    return this.clients.byId(type, id) !== undefined;
  }

  /** @returns undefined if there is no such entity. */
  nameOf(type: EntityReference['type'], id: number): string | undefined {
    if (type === 'lead') return this.leads.find((lead) => lead.id === id)?.name;
    if (type === 'customer') return this.customers.find((customer) => customer.id === id)?.name;
    return this.clients.byId(type, id)?.name;
  }

  taskById(id: number): CrmTask | undefined {
    return this.tasks.find((task) => task.id === id);
  }

  /** Deadline of the entity's open task that is due first, null if there is none. */
  closestTaskAt({ type, id }: Pick<EntityReference, 'type' | 'id'>): number | null {
    const open = this.tasks.filter(
      ({ entity, isCompleted }) => !isCompleted && entity?.type === type && entity.id === id,
    );
    return open.map((task) => task.completeTillSeconds).toSorted((a, b) => a - b)[0] ?? null;
  }

  /** Which entity gets a call of this phone (contract 6); among several clients the oldest, contacts first. */
  entityOfPhone(phone: string): EntityReference | null {
    const owners = this.clients.ownersOf(phone);
    const client = owners.find((owner) => owner.type === 'contact') ?? owners[0];
    if (!client) return null;
    const leads = this.leadsOf(client).filter(isOpen);
    const customers = this.customersOf(client);
    const [lead, customer] = [leads[0], customers[0]];
    if (lead && leads.length === 1 && customers.length === 0) return { type: 'lead', id: lead.id, name: lead.name };
    if (customer && customers.length === 1 && leads.length === 0) {
      return { type: 'customer', id: customer.id, name: customer.name };
    }
    return { type: client.type, id: client.id, name: client.name };
  }

  /** A client from the API. There is no look for duplicates, as in amoCRM. */
  addClient(type: Client['type'], asked: NewContact): Client {
    return this.#keepClient(clientOf(type, asked, this.tagsOf(type, asked), this.birth(type)));
  }

  /** The change must have been checked before, like all that follow. */
  changeClient(client: Client, change: ClientChange): void {
    const before = { ...client };
    const tags = withTags(client.tags, this.tags.tagsOf(client.type, change.tags_to_add ?? []));
    this.clients.change(client, changedClient(client, change, tags, this.#moment()));
    this.#teller.client('update', client);
    if (before.responsibleUserId !== client.responsibleUserId) this.#teller.client('responsible', client);
  }

  /** As if whoever is responsible had given the client other phones, or none. */
  setPhones(client: Client, phones: string[]): void {
    const others = client.fields.filter((field) => field.field_code !== 'PHONE');
    this.clients.change(client, { fields: [...others, ...fieldsOf({ phones })] });
    this.changeClient(client, { updated_by: client.responsibleUserId });
  }

  /** Its leads stay, without it. */
  removeClient(client: Client): void {
    this.clients.remove(client);
    for (const lead of this.leadsOf(client)) {
      lead.contacts = lead.contacts.filter(({ id }) => id !== client.id);
      if (client.type === 'company') lead.companyId = null;
    }
    this.#teller.client('delete', client);
  }

  /** A client as if somebody had entered it by hand. */
  seedClient(seed: ClientSeed): Client {
    const { type = 'contact', name, tags = [], companyId = null } = seed;
    const named = { name, tags_to_add: tags.map((tag) => ({ name: tag })) };
    const asked = { ...named, ...(seed.responsibleUserId && { responsible_user_id: seed.responsibleUserId }) };
    const blank = clientOf(type, asked, this.tagsOf(type, asked), this.birth(type));
    const client = this.#keepClient({ ...blank, companyId, isNew: false, fields: fieldsOf(seed) });
    const linked = type === 'company' ? { companies: [{ id: client.id }] } : { contacts: [{ id: client.id }] };
    for (const lead of seed.leads ?? []) this.addLead({ name: lead, _embedded: linked });
    for (const lead of seed.lostLeads ?? []) this.addLead({ name: lead, status_id: lostStatusId, _embedded: linked });
    for (const customer of seed.customers ?? []) {
      this.customers.push({ type: 'customer', id: this.#nextIds.customer++, name: customer, clientId: client.id });
    }
    return client;
  }

  addLead(asked: NewLead): Lead {
    const { place } = this.pipelines.find(asked);
    if (!place) throw new Error('A stage was not checked before a lead was stored');
    const lead = leadOf(asked, place, this.tagsOf('lead', asked), this.birth('lead'));
    this.leads.push(lead);
    this.#tellLead('add', lead);
    return lead;
  }

  changeLead(lead: Lead, change: LeadChange): void {
    const before = { ...lead };
    const place = this.pipelines.find(change, lead).place ?? lead;
    const { tags_to_add: more = [], tags_to_delete: less = [] } = change;
    const left = lead.tags.filter((tag) => !less.some((each) => isNamed(tag, each)));
    const tags = withTags(left, this.tags.tagsOf('lead', more));
    const { pipelineId, statusId } = place;
    Object.assign(lead, changedLead(lead, change, { pipelineId, statusId }, tags, this.#moment()));
    this.#tellLead('update', lead);
    if (before.statusId !== lead.statusId || before.pipelineId !== lead.pipelineId) {
      this.#tellLead('status', lead, before.statusId);
    }
    if (before.responsibleUserId !== lead.responsibleUserId) this.#tellLead('responsible', lead);
  }

  deleteLead(lead: Lead): void {
    Object.assign(lead, { isDeleted: true, updatedAtSeconds: this.nowSeconds() });
    this.#tellLead('delete', lead);
  }

  /** Moves the leads whose stage is no more to the first that is left, as whoever deletes a stage is asked to. */
  moveStrandedLeads(): void {
    const { pipelines } = this;
    for (const lead of this.leads.filter((each) => !pipelines.stageOf(each))) {
      const pipeline = pipelines.byId(lead.pipelineId) ?? pipelines.main;
      if (this.unsorted.move(lead, pipeline.id)) continue;
      const first = pipelines.find({ pipeline_id: pipeline.id }).place ?? lead;
      this.changeLead(lead, { pipeline_id: first.pipelineId, status_id: first.statusId });
    }
    this.#teller.feed.publish('reset', {});
  }

  /** Who is taken the access from keeps what is theirs. */
  setActive(user: CrmUser, isActive: boolean): void {
    user.isActive = isActive;
    this.#teller.feed.publish('reset', {});
  }

  addNote(asked: Omit<CrmNote, 'id' | 'at'>): CrmNote {
    const note = { ...asked, id: this.#nextIds.note++, at: this.nowIso() };
    this.notes.push(note);
    if (note.noteType !== 'common') this.#teller.feed.publish('call', note);
    return note;
  }

  addCard(card: Omit<Card, 'id' | 'at'>): Card {
    const shown = { ...card, id: this.#nextIds.card++, at: this.nowIso() };
    this.cards.push(shown);
    this.#teller.feed.publish('card', shown);
    return shown;
  }

  addTask(asked: NewTask): CrmTask {
    const task = taskOf(asked, this.birth('task'));
    this.tasks.push(task);
    this.#teller.task('add', task);
    return task;
  }

  changeTask(task: CrmTask, change: TaskChange): void {
    const before = { ...task };
    Object.assign(task, changedTask(task, change, this.#moment()));
    this.#teller.task('update', task);
    if (before.responsibleUserId !== task.responsibleUserId) this.#teller.task('responsible', task);
  }

  /** As if whoever is responsible had ticked it off. */
  completeTask(task: CrmTask): void {
    if (!task.isCompleted) this.changeTask(task, { is_completed: true, updated_by: task.responsibleUserId });
  }

  removeTask(task: CrmTask): void {
    this.tasks = this.tasks.filter((each) => each !== task);
    this.#teller.task('delete', task);
  }

  /** All tags that a new entity is to have. */
  tagsOf(type: 'contact' | 'company' | 'lead', { tags_to_add = [], _embedded }: TaggedRequest) {
    return withTags(this.tags.tagsOf(type, _embedded?.tags ?? []), this.tags.tagsOf(type, tags_to_add));
  }

  #moment(): Omit<Birth, 'id'> {
    return { currentUserId: this.currentUserId, nowSeconds: this.nowSeconds() };
  }

  #keepClient(client: Client): Client {
    this.clients.add(client);
    this.#teller.client('add', client);
    return client;
  }

  #tellLead(action: CrmChange['action'], lead: Lead, oldStatusId?: number): void {
    this.#teller.lead(action, lead, this.#clientsOf(lead), oldStatusId);
  }

  #clientsOf({ contacts, companyId }: Lead): Client[] {
    const people = contacts.map(({ id }) => this.clients.byId('contact', id));
    return [...people, this.clients.byId('company', companyId ?? 0)].filter((client) => client !== undefined);
  }
}

interface TaggedRequest {
  tags_to_add?: NewTag[];
  _embedded?: { tags?: NewTag[] };
}
