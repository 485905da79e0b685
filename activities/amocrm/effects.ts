import { phoneKey } from '../../proto/phone.ts';
import type { EntityId } from '../store/known-clients.ts';

/**
 * Everything that Ringflow brings about in amoCRM once: by which key of the ledger, and how soon whoever looks must see
 * it there. What belongs to one call has a key that the workflow makes (`{pbx}:{callId}:{effect}`); what a client has
 * one of, however many calls ask for it at once, has a key of the client's.
 */
export const keyOf = {
  contact: (accountId: string, phone: string): string => `contact:${accountId}:${phoneKey(phone)}`,
  /** One open lead, sorted or incoming. */
  lead: (accountId: string, phone: string): string => `lead:${accountId}:${phoneKey(phone)}`,
  /** One open task to call back: ten calls in vain in a row want one. */
  callBack: (accountId: string, phone: string): string => `call-back:${accountId}:${phoneKey(phone)}`,
};

/** What an entity lists it shows at once; what a search finds lags behind by up to a minute. */
export const showsWithinMs = { lists: 2_000, searches: 60_000, nowhere: 0 };

/** A call in its client's history; null: not told by amoCRM (incoming leads), or only a person knows where. */
export interface CallRecord {
  noteId: number | null;
  entityType: string | null;
  entityId: number | null;
  /** In words, what it had to do without. */
  troubles?: string[];
}

export interface ContactRecord {
  contactId: number;
  /** The account has no field for phones: only Ringflow knows whose contact it is. */
  hasNoPhone?: boolean;
}

/** A lead of a client, or what waits among the incoming leads until somebody accepts it. */
export interface LeadRecord {
  leadId: number | null;
  /** Of an incoming lead, and of the call that it came with. */
  uid?: string;
  callUniq?: string;
  /** In words, what it had to do without. */
  troubles?: string[];
  /** It was made for a contact without a phone, see `ContactRecord`. */
  hasNoPhone?: boolean;
}

/** null: none was needed. */
export interface TaskRecord {
  taskId: number | null;
}

export interface ChangeRecord {
  /** null: there was nothing to change. */
  changed: EntityId | null;
  /** It is not certain whether it came before somebody else's change. */
  isLeftToOthers?: boolean;
}
