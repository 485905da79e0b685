import type { CompleteTask, CreateContact, CreateTask, RegisterCall, ShowCard } from '../../proto/crm-action.ts';
import { phoneKey, writtenPhone } from '../../proto/phone.ts';
import type { Ledger } from '../store/ledger.ts';
import type { ShownCards } from '../store/shown-cards.ts';
import { type CallRecord, findCallNote } from './call-notes.ts';
import type { AmocrmClient } from './client.ts';
import { type ContactRecord, findContact, hasContactWith, postContact } from './create-contact.ts';
import { exactlyOnce } from './exactly-once.ts';
import type { Gathering } from './gathering/index.ts';
import { postCall } from './register-call.ts';
import { closeTask, findTask, isOpenTask, postTask, type TaskEntity, type TaskRecord } from './tasks.ts';

export type AmocrmActivities = ReturnType<typeof createAmocrmActivities>;

/** With the key of this effect. */
export type CardToShow = ShowCard & { key: string };

export interface ShowCardsRequest {
  accountId: string;
  /** All for one call, hence one phone. */
  cards: CardToShow[];
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

export interface CreateTaskRequest {
  accountId: string;
  /** The ledger key of this effect. */
  key: string;
  entity: TaskEntity;
  task: CreateTask;
  /** When the call ended that the task is for, ms UTC. */
  endedAtMs: number;
}

export interface CompleteTaskRequest {
  accountId: string;
  /** The ledger key of this effect. */
  key: string;
  task: CompleteTask;
}

/** Notes of an entity are listed at once; what a search finds lags behind by up to a minute. */
const notesShowWithinMs = 2_000;
const searchesShowWithinMs = 60_000;
/** After that a card is no news any more; well below the time that Temporal gives the attempt. */
const cardTimeoutMs = 4_000;

/** The client's, not the call's: two calls of one new number ring at once and meet here. */
const contactKey = (accountId: string, phone: string): string => `contact:${accountId}:${phoneKey(phone)}`;

/** The client's too: ten calls in vain in a row want one call back. */
const taskKey = (accountId: string, phone: string): string => `call-back:${accountId}:${phoneKey(phone)}`;

/**
 * What the workflows ask of amoCRM. All of it may be repeated at will: the ledger keeps calls and contacts from
 * existing twice, the marks do so for cards.
 *
 * @param hasTalkedSince whether somebody has talked with this client in a call that began after that moment
 */
export function createAmocrmActivities(
  clientOf: (accountId: string) => AmocrmClient,
  gatheringOf: (accountId: string) => Gathering,
  ledger: Ledger,
  shownCards: ShownCards,
  hasTalkedSince: (phone: string, sinceMs: number) => Promise<boolean>,
) {
  /** The client's open task: the one that stands, or a new one. */
  const openTask = async ({ accountId, entity, task }: CreateTaskRequest): Promise<TaskRecord | undefined> => {
    const gathering = gatheringOf(accountId);
    const key = taskKey(accountId, task.phone);
    const standing = await ledger.standing<TaskRecord>(key);
    if (standing.state === 'done' && !(await isOpenTask(gathering, standing.record))) {
      await ledger.forget(key, standing.record);
    }
    return exactlyOnce<TaskRecord>(ledger, key, {
      showsWithinMs: notesShowWithinMs,
      lookUp: () => findTask(clientOf(accountId), task, entity),
      send: (nextRequest) => postTask(gathering, task, entity, { key, nextRequest }),
    });
  };

  const closeOpenTask = async ({ accountId, task }: CompleteTaskRequest): Promise<TaskRecord> => {
    const key = taskKey(accountId, task.phone);
    const standing = await ledger.standing<TaskRecord>(key);
    if (standing.state !== 'done' || standing.record.taskId === null) return { taskId: null };
    const { taskId } = standing.record;
    if (await isOpenTask(gatheringOf(accountId), standing.record)) await closeTask(clientOf(accountId), taskId, task);
    await ledger.forget(key, standing.record);
    return { taskId };
  };

  return {
    /**
     * A card can't be looked up in amoCRM: a crash never repeats one, a failure that was seen does, since a card seen
     * twice harms less than one never seen.
     */
    async showCards({ accountId, cards }: ShowCardsRequest): Promise<void> {
      const due = await shownCards.mark(cards);
      const phone = due[0]?.phone;
      if (phone === undefined) return; // never a request without users: amoCRM would show it to everybody
      const users = due.map((card) => card.userId);
      const key = due.map((card) => card.key).join();
      try {
        const signal = AbortSignal.timeout(cardTimeoutMs);
        await gatheringOf(accountId).postCards({ phone: writtenPhone(phone), users }, { key, signal });
      } catch (error) {
        await shownCards.unmark(due);
        throw error;
      }
    },

    async registerCall({ accountId, key, call }: RegisterCallRequest): Promise<RegisterCallAnswer> {
      const client = clientOf(accountId);
      const record = await exactlyOnce<CallRecord>(ledger, key, {
        showsWithinMs: notesShowWithinMs,
        lookUp: async () => {
          const contact = await ledger.standing<ContactRecord>(contactKey(accountId, call.phone));
          return findCallNote(
            client,
            gatheringOf(accountId),
            call,
            contact.state === 'done' ? contact.record.contactId : undefined,
          );
        },
        send: (nextRequest) => postCall(gatheringOf(accountId), call, { key, nextRequest }),
      });
      return record ? { outcome: 'registered', record } : { outcome: 'unknown-client' };
    },

    async createContact({ accountId, contact }: CreateContactRequest): Promise<ContactRecord> {
      const client = clientOf(accountId);
      const key = contactKey(accountId, contact.phone);
      const standing = await ledger.standing<ContactRecord>(key);
      if (standing.state === 'done' && !(await hasContactWith(client, standing.record, contact.phone))) {
        await ledger.forget(key, standing.record);
      }
      const record = await exactlyOnce<ContactRecord>(ledger, key, {
        showsWithinMs: searchesShowWithinMs,
        lookUp: () => findContact(client, contact.phone),
        send: async (nextRequest) => {
          const known = await findContact(client, contact.phone); // somebody may have written the client down since
          if (known) return known;
          return postContact(gatheringOf(accountId), contact, { key, nextRequest });
        },
      });
      if (!record) throw new Error('amoCRM accepted the contact but did not name it.');
      return record;
    },

    /** A task to call the client back, unless one stands open or they have been talked with meanwhile. */
    async createTask(request: CreateTaskRequest): Promise<TaskRecord> {
      const record = await exactlyOnce<TaskRecord>(ledger, request.key, {
        showsWithinMs: 0,
        lookUp: async () => undefined, // the client's own key knows
        send: async () => {
          if (await hasTalkedSince(request.task.phone, request.endedAtMs)) return { taskId: null };
          return openTask(request);
        },
      });
      return record ?? { taskId: null };
    },

    /** The client has been talked with: the task to call them back is done, if there is one. */
    async completeTask(request: CompleteTaskRequest): Promise<TaskRecord> {
      const record = await exactlyOnce<TaskRecord>(ledger, request.key, {
        showsWithinMs: 0,
        lookUp: async () => undefined, // closing twice is harmless
        send: () => closeOpenTask(request),
      });
      return record ?? { taskId: null };
    },
  };
}
