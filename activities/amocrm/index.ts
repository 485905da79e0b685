import type { CreateContact, RegisterCall, ShowCard } from '../../proto/crm-action.ts';
import { phoneKey, writtenPhone } from '../../proto/phone.ts';
import type { Ledger } from '../store/ledger.ts';
import { type CallRecord, findCallNote } from './call-notes.ts';
import { type AmocrmClient, bodyOf } from './client.ts';
import { type ContactRecord, contactExists, findContact, postContact } from './create-contact.ts';
import { exactlyOnce } from './exactly-once.ts';
import { postCall } from './register-call.ts';

export type AmocrmActivities = ReturnType<typeof createAmocrmActivities>;

export interface ShowCardsRequest {
  accountId: string;
  /** All for one call, hence one phone. */
  cards: ShowCard[];
}

export interface RegisterCallRequest {
  accountId: string;
  /** The ledger key of this effect. */
  key: string;
  call: RegisterCall;
}

export type RegisterCallAnswer = { outcome: 'registered'; record: CallRecord } | { outcome: 'unknown-client' };

export interface CreateContactRequest {
  accountId: string;
  contact: CreateContact;
}

/**
 * What the workflows ask of amoCRM. All of it may be repeated at will: the ledger keeps calls and contacts from
 * existing twice, and a card shown twice is better than none.
 */
export function createAmocrmActivities(clientOf: (accountId: string) => AmocrmClient, ledger: Ledger) {
  return {
    /** Not in the ledger: a card can't be looked up in amoCRM, and one seen twice harms less than one never seen. */
    async showCards({ accountId, cards }: ShowCardsRequest): Promise<void> {
      const phone = cards[0]?.phone;
      if (phone === undefined) return; // never a request without users: amoCRM would show it to everybody
      const users = cards.map((card) => card.userId);
      const add = [{ type: 'phone_call' as const, phone_number: writtenPhone(phone), users }];
      bodyOf(await clientOf(accountId).POST('/api/v2/events', { body: { add } }));
    },

    async registerCall({ accountId, key, call }: RegisterCallRequest): Promise<RegisterCallAnswer> {
      const client = clientOf(accountId);
      const record = await exactlyOnce<CallRecord>(ledger, key, {
        lookUp: () => findCallNote(client, call),
        send: (nextRequest) => postCall(client, call, nextRequest),
      });
      return record ? { outcome: 'registered', record } : { outcome: 'unknown-client' };
    },

    /** The key is the client's, not the call's: two calls of one new number ring at once and meet here. */
    async createContact({ accountId, contact }: CreateContactRequest): Promise<ContactRecord> {
      const client = clientOf(accountId);
      const key = `contact:${accountId}:${phoneKey(contact.phone)}`;
      const standing = await ledger.standing<ContactRecord>(key);
      if (standing.state === 'done' && !(await contactExists(client, standing.record))) await ledger.forget(key);
      const record = await exactlyOnce<ContactRecord>(ledger, key, {
        lookUp: () => findContact(client, contact.phone),
        send: async (nextRequest) => {
          const known = await findContact(client, contact.phone); // somebody may have written the client down since
          if (known) return known;
          await nextRequest();
          return postContact(client, contact, nextRequest);
        },
      });
      if (!record) throw new Error('amoCRM accepted the contact but did not name it.');
      return record;
    },
  };
}
