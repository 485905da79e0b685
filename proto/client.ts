/** Whom amoCRM has under a phone: of several the oldest, contacts before companies. */
export interface Client {
  entityType: 'contacts' | 'companies';
  entityId: number;
  name: string;
  /** null: amoCRM names none. */
  responsibleUserId: number | null;
  /** Of leads that are neither won nor lost, newest first; null if they were not asked for. */
  openLeadIds: number[] | null;
  /** Customers (repeat purchases), where amoCRM may put calls. */
  hasCustomers: boolean;
}

/** What a decision may know of a call's client beyond the call. */
export interface AboutClient {
  /** null: amoCRM does not know the phone; undefined: nobody has asked yet. */
  client?: Client | null;
  /** Ids of the number lists that have the phone. */
  lists: string[];
}

export const nothingKnown: AboutClient = { lists: [] };

/** What amoCRM says has changed: a hint, worth forgetting what was known of it. */
export interface ClientChange {
  entityType: 'contacts' | 'companies' | 'leads';
  entityId: number;
  /** Phones of it, in any spelling, as far as they were told. */
  phones: string[];
  /** It was just made, by whomever. */
  isNew?: boolean;
}
