import type { ChangeTeller } from './change-teller.ts';
import { clientOf } from './client-fields.ts';
import type { CrmStore } from './crm-store.ts';
import type { Client, CrmNote, Lead, NewUnsorted, UnsortedItem } from './crm-types.ts';
import { leadOf } from './lead-fields.ts';
import { isClosed } from './pipeline-book.ts';

/** Incoming leads (contract 8.1). Each keeps its lead and clients where people don't see them until it is accepted. */
export class UnsortedInbox {
  readonly #store: CrmStore;
  readonly #teller: ChangeTeller;
  items: UnsortedItem[] = [];

  constructor(store: CrmStore, teller: ChangeTeller) {
    this.#store = store;
    this.#teller = teller;
  }

  clear(): void {
    this.items = [];
  }

  byUid(uid: string): UnsortedItem | undefined {
    return this.items.find((item) => item.uid === uid);
  }

  /** True if the lead waits to be accepted. */
  holds(lead: Lead): boolean {
    return this.items.some(({ leadId }) => leadId === lead.id);
  }

  /** The request must have been checked before. */
  add(asked: NewUnsorted): UnsortedItem {
    const store = this.#store;
    const { leads, contacts, companies } = asked._embedded ?? {};
    const [contact, company] = [this.#client('contact', contacts?.[0]), this.#client('company', companies?.[0])];
    const pipelineId = asked.pipeline_id ?? store.pipelines.main.id;
    const place = store.pipelines.unsortedPlace(pipelineId);
    if (!place) throw new Error('A pipeline was not checked before an incoming lead was stored');
    const { source = null } = leads?.[0]?._embedded ?? {};
    const blank = leadOf(
      { ...leads?.[0], _embedded: {} },
      place,
      store.tagsOf('lead', leads?.[0] ?? {}),
      store.birth('lead'),
    );
    const links = { contacts: contact ? [{ id: contact.id, isMain: true }] : [], companyId: company?.id ?? null };
    const lead: Lead = { ...blank, source, ...links };
    store.leads.push(lead);
    const item: UnsortedItem = {
      ...{ uid: crypto.randomUUID(), sourceUid: asked.source_uid, sourceName: asked.source_name, pipelineId },
      createdAtSeconds: asked.created_at ?? store.nowSeconds(),
      metadata: asked.metadata,
      ...{ leadId: lead.id, contactId: contact?.id ?? null, companyId: company?.id ?? null },
      callNote: asked.metadata.is_call_event_needed ? callNoteOf(asked.metadata, lead) : null,
    };
    this.items.push(item);
    this.#teller.feed.publish('unsorted', item);
    return item;
  }

  /** @returns false if the lead isn't one that waits */
  move(lead: Lead, pipelineId: number): boolean {
    const item = this.items.find(({ leadId }) => leadId === lead.id);
    const place = this.#store.pipelines.unsortedPlace(pipelineId);
    if (!item || !place) return false;
    item.pipelineId = pipelineId;
    Object.assign(lead, place);
    return true;
  }

  /** Makes it a lead like others, at a stage that was checked, with its call if there is to be one. */
  accept(item: UnsortedItem, userId: number, statusId: number): void {
    const { leads, clients } = this.#store;
    this.items = this.items.filter((each) => each !== item);
    const author = { responsibleUserId: userId, updatedBy: userId, updatedAtSeconds: this.#store.nowSeconds() };
    const clientsOfItem = this.#clientsOf(item);
    for (const client of clientsOfItem) {
      clients.change(client, { isUnsorted: false, ...author });
      this.#teller.client('add', client);
    }
    const lead = leads.find(({ id }) => id === item.leadId);
    if (lead) {
      const closedAtSeconds = isClosed(statusId) ? author.updatedAtSeconds : null;
      Object.assign(lead, { statusId, closedAtSeconds, ...author });
      this.#teller.lead('add', lead, clientsOfItem);
    }
    if (item.callNote) this.#store.addNote(item.callNote);
    this.#teller.feed.publish('reset', {});
  }

  /** Its lead counts as deleted, its clients were never there. */
  decline(item: UnsortedItem): void {
    this.items = this.items.filter((each) => each !== item);
    for (const client of this.#clientsOf(item)) this.#store.clients.remove(client);
    const lead = this.#store.leads.find(({ id }) => id === item.leadId);
    if (lead) Object.assign(lead, { isDeleted: true, updatedAtSeconds: this.#store.nowSeconds() });
    this.#teller.feed.publish('reset', {});
  }

  #clientsOf({ contactId, companyId }: UnsortedItem): Client[] {
    const { clients } = this.#store;
    const found = [clients.withUnsorted('contact', contactId ?? 0), clients.withUnsorted('company', companyId ?? 0)];
    return found.filter((client) => client !== undefined);
  }

  #client(type: Client['type'], asked: Parameters<typeof clientOf>[1] | undefined): Client | null {
    if (!asked) return null;
    const client = clientOf(type, asked, this.#store.tagsOf(type, asked), this.#store.birth(type));
    this.#store.clients.add({ ...client, isUnsorted: true });
    return client;
  }
}

function callNoteOf(metadata: NewUnsorted['metadata'], lead: Lead): Omit<CrmNote, 'id' | 'at'> {
  const { phone, called_at, duration, uniq, link, call_responsible } = metadata;
  const author = typeof call_responsible === 'number' ? call_responsible : lead.createdBy;
  return {
    ...{ entityType: 'lead', entityId: lead.id, noteType: 'call_in' },
    params: {
      ...{ uniq, duration, phone, source: metadata.service_code },
      ...(link !== undefined && { link }),
      ...(call_responsible !== undefined && { call_responsible }),
    },
    ...{ createdBy: author, updatedBy: author, responsibleUserId: author },
    ...{ createdAtSeconds: called_at, updatedAtSeconds: called_at },
  };
}
