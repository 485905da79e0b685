import type { components } from '../../../proto/generated/amocrm.ts';

type Schemas = components['schemas'];

export type CustomField = Schemas['CustomField'];
export type NewContact = Schemas['NewContact'];
export type NewCall = Schemas['NewCall'];
export type NewTask = Schemas['NewTask'];
export type NewLead = Schemas['NewLead'];
export type NewNote = Schemas['NewNote'];
export type NewTag = Schemas['NewTag'];
export type NewUnsorted = Schemas['NewUnsortedSip'];
/** Of a contact; that of a company is the same without first and last name. */
export type ClientChange = Schemas['ContactChange'];
export type LeadChange = Schemas['LeadChange'];
export type TaskChange = Schemas['TaskChange'];
export type EntityType = Schemas['StoredCall']['entity_type'];
export type EntityTypePlural = Schemas['EntityTypePlural'];

/** An employee of the account. */
export interface CrmUser {
  id: number;
  name: string;
  email: string;
  phoneNumber: string | null;
  isAdmin: boolean;
  /** Who is not may be named nowhere. */
  isActive: boolean;
}

export interface Tag {
  id: number;
  name: string;
}

/** Who wrote an entity and when. */
interface Authorship {
  createdBy: number;
  updatedBy: number;
  createdAtSeconds: number;
  updatedAtSeconds: number;
}

/** A contact or a company: whoever can have a phone. */
export interface Client extends Authorship {
  type: 'contact' | 'company';
  id: number;
  name: string;
  firstName: string;
  lastName: string;
  responsibleUserId: number;
  fields: CustomField[];
  tags: Tag[];
  companyId: number | null;
  /** Came through the API rather than from the seed. */
  isNew: boolean;
  /** Of an incoming lead that nobody has accepted yet; nobody sees such a client. */
  isUnsorted: boolean;
}

export interface Lead extends Authorship {
  type: 'lead';
  id: number;
  name: string;
  price: number;
  pipelineId: number;
  statusId: number;
  responsibleUserId: number;
  closedAtSeconds: number | null;
  tags: Tag[];
  contacts: { id: number; isMain: boolean }[];
  companyId: number | null;
  source: Schemas['LeadSource'] | null;
  isDeleted: boolean;
}

/** Somebody who buys again and again; only tied to clients, here nothing more is known of one. */
export interface Customer {
  type: 'customer';
  id: number;
  name: string;
  clientId: number;
}

export interface Stage {
  id: number;
  name: string;
  color: string;
  /** Holds the incoming leads. */
  isUnsorted: boolean;
}

export interface Pipeline {
  id: number;
  name: string;
  isMain: boolean;
  isArchive: boolean;
  /** In the order of the board. */
  stages: Stage[];
}

/** What is written down at some entity: a call or a text. */
export interface CrmNote extends Authorship {
  id: number;
  entityType: EntityType;
  entityId: number;
  noteType: NewNote['note_type'];
  params: Schemas['NoteParams'];
  responsibleUserId: number;
  /** ISO time at which the request came. */
  at: string;
}

/** An incoming lead that waits to be accepted, with what came along. */
export interface UnsortedItem {
  uid: string;
  sourceUid: string;
  sourceName: string;
  pipelineId: number;
  createdAtSeconds: number;
  metadata: NewUnsorted['metadata'];
  leadId: number;
  contactId: number | null;
  companyId: number | null;
  /** Will stand at the lead once it is accepted. */
  callNote: Omit<CrmNote, 'id' | 'at'> | null;
}

export interface EntityReference {
  type: EntityType;
  id: number;
  name: string;
}

/** What somebody is to do until a certain time, with a client or a deal or on its own. */
export interface CrmTask extends Authorship {
  id: number;
  text: string;
  completeTillSeconds: number;
  responsibleUserId: number;
  entity: Pick<EntityReference, 'type' | 'id'> | null;
  typeId: number;
  durationSeconds: number;
  isCompleted: boolean;
  resultText: string | null;
}

/** What popped up on the screen of one user. */
export interface Card {
  id: number;
  uid: string;
  userId: number;
  phone: string;
  entity: EntityReference | null;
  at: string;
}

/** One request to the API; status 0 means that no answer was given. */
export interface RequestRecord {
  id: number;
  method: string;
  path: string;
  query: string;
  status: number;
  durationMs: number;
  at: string;
  fault?: string;
}
