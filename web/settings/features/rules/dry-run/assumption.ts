import type { AboutClient, Client } from '../../../../../proto/client.ts';

/** What a person says about the client, in place of what is known. */
export interface Assumption {
  isKnown: boolean;
  /** Who is responsible for the client in amoCRM; null: nobody, or it does not matter. */
  responsibleUserId: number | null;
}

const somebody: Client = {
  ...{ entityType: 'contacts', entityId: 0, name: '', responsibleUserId: null },
  ...{ openLeadIds: null, hasCustomers: false },
};

/** What is known of a client, or what a person assumes. */
export function aboutAs(about: AboutClient, assumption: Assumption | undefined): AboutClient {
  if (!assumption) return about;
  if (!assumption.isKnown) return { ...about, client: null };
  return { ...about, client: { ...(about.client ?? somebody), responsibleUserId: assumption.responsibleUserId } };
}
