import type { components } from '../../../proto/generated/amocrm.ts';

type Schemas = components['schemas'];

export type CustomField = Schemas['CustomField'];
export type NewContact = Schemas['NewContact'];
export type NewCall = Schemas['NewCall'];
export type NewTask = Schemas['NewTask'];
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
}

/** A contact or a company: whoever can have a phone. */
export interface Client {
  type: 'contact' | 'company';
  id: number;
  name: string;
  firstName: string;
  lastName: string;
  responsibleUserId: number;
  createdBy: number;
  updatedBy: number;
  createdAtSeconds: number;
  updatedAtSeconds: number;
  fields: CustomField[];
  tags: { id: number; name: string }[];
  companyId: number | null;
  /** Came through the API rather than from the seed. */
  isNew: boolean;
}

/** A lead or a customer, linked to clients. */
export interface Deal {
  type: 'lead' | 'customer';
  id: number;
  name: string;
  isActive: boolean;
  clientIds: number[];
}

/** A call as amoCRM keeps it: a note of some entity. */
export interface CallNote {
  id: number;
  entityType: EntityType;
  entityId: number;
  noteType: 'call_in' | 'call_out';
  params: Schemas['CallNoteParams'];
  createdBy: number;
  updatedBy: number;
  responsibleUserId: number;
  createdAtSeconds: number;
  updatedAtSeconds: number;
  /** ISO time at which the request came. */
  at: string;
}

export interface EntityReference {
  type: EntityType;
  id: number;
  name: string;
}

/** What somebody is to do until a certain time, with a client or a deal or on its own. */
export interface CrmTask {
  id: number;
  text: string;
  completeTillSeconds: number;
  responsibleUserId: number;
  entity: Pick<EntityReference, 'type' | 'id'> | null;
  typeId: number;
  durationSeconds: number;
  isCompleted: boolean;
  resultText: string | null;
  createdBy: number;
  updatedBy: number;
  createdAtSeconds: number;
  updatedAtSeconds: number;
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
