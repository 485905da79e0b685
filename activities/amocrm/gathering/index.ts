import type { components } from '../../../proto/generated/amocrm.ts';
import { type AmocrmAnswer, listOf, namelessAnswer } from '../answers.ts';
import type { AmocrmClient, AmocrmEntrance } from '../client.ts';
import { createDoor } from './door.ts';
import { gather, type Outcome, type Ticket } from './gather.ts';
import { gatherNotes } from './notes.ts';
import { numbered, outcomesOf, refusals } from './outcomes.ts';

type Schemas = components['schemas'];

/** A card for one call. */
export interface NewCard {
  /** As it is written in amoCRM. */
  phone: string;
  /** Never empty: amoCRM would show the card to everybody. */
  users: number[];
}

interface GatheringMeans {
  cards: AmocrmEntrance;
  others: AmocrmEntrance;
  pbxIds(): Promise<readonly string[]>;
}

export type Gathering = ReturnType<typeof createGathering>;

/** amoCRM advises at most so many items in a request (contract 3). */
const mostItems = 50;
/** Nobody waits at a screen for what is written after a call: so long it gathers while many end. */
const unhurriedMs = 1_000;

/**
 * What amoCRM takes several of in one request, sent one item at a time: each caller gets the answer or the error of its
 * own item, and load makes requests fuller rather than more.
 *
 * @param cards the way of cards
 * @param others the way of everything else; it differs in its lane
 * @param pbxIds the PBXs whose calls are told in this account now
 */
export function createGathering({ cards, others, pbxIds }: GatheringMeans) {
  const { limiter } = others;
  const [cardDoor, door] = [createDoor(cards), createDoor(others)];

  /** @param named the items that a 2xx names, by their `request_id` */
  const write = <Item, Body, Named extends { request_id?: string }>(
    what: string,
    post: (client: AmocrmClient, items: (Item & { request_id: string })[]) => Promise<AmocrmAnswer<Body>>,
    named: (body: Body, items: readonly Item[]) => readonly Named[] | undefined,
  ) =>
    gather<Item, Named>({
      limiter,
      most: mostItems,
      paceMs: unhurriedMs,
      async send(items, place) {
        const answer = await post(door(place), numbered(items));
        return outcomesOf(answer, items.length, what, (body) => named(body, items));
      },
    });

  /** Two changes of one entity never go in one request. */
  const change =
    <Change extends { id: number }, Answer>(send: (change: Change, ticket: Ticket) => Promise<Answer>) =>
    (change: Change, ticket: Omit<Ticket, 'key'> = {}) =>
      send(change, { ...ticket, key: String(change.id) });

  return {
    ...gatherNotes(door, limiter, pbxIds, mostItems, unhurriedMs),

    postCards: gather<NewCard, void>({
      limiter: cards.limiter,
      most: mostItems,
      send: (items, place) => sendCards(cardDoor(place), items),
    }),

    postContact: write(
      'contact',
      (client, body: Schemas['NewContact'][]) => client.POST('/api/v4/contacts', { body }),
      (body) => body._embedded?.contacts,
    ),

    patchContact: change(
      write(
        'change of the contact',
        (client, body: Schemas['ContactChangeInBatch'][]) => client.PATCH('/api/v4/contacts', { body }),
        (body, changes) => byId(body._embedded?.contacts, changes),
      ),
    ),

    postLead: write(
      'lead',
      (client, body: Schemas['NewLead'][]) => client.POST('/api/v4/leads', { body }),
      (body) => body._embedded?.leads,
    ),

    patchLead: change(
      write(
        'change of the lead',
        (client, body: Schemas['LeadChangeInBatch'][]) => client.PATCH('/api/v4/leads', { body }),
        (body, changes) => byId(body._embedded?.leads, changes),
      ),
    ),

    patchCompany: change(
      write(
        'change of the company',
        (client, body: Schemas['CompanyChangeInBatch'][]) => client.PATCH('/api/v4/companies', { body }),
        (body, changes) => byId(body._embedded?.companies, changes),
      ),
    ),

    postIncomingLead: write(
      'incoming lead',
      (client, body: Schemas['NewUnsortedSip'][]) => client.POST('/api/v4/leads/unsorted/sip', { body }),
      (body) => body._embedded?.unsorted,
    ),

    postTask: write(
      'task',
      (client, body: Schemas['NewTask'][]) => client.POST('/api/v4/tasks', { body }),
      (body) => body._embedded?.tasks,
    ),

    /** One task by its id, or undefined if there is none. */
    readTask: gather<number, Schemas['Task'] | undefined>({
      limiter,
      most: mostItems,
      send: (ids, place) => readTasks(door(place), ids),
    }),

    /**
     * Undefined if amoCRM has no client with this phone. One call in a request: a known and an unknown client in one
     * give an answer that nobody has described, and what it says of an unknown one may name no `request_id`, so that
     * nobody would know which call was stored (contract 6). A call whose entity is known goes as a note instead.
     */
    postCall: gather<Schemas['NewCall'], Schemas['StoredCall'] | undefined>({
      limiter,
      most: 1,
      send: ([call], place) => sendCall(door(place), call as Schemas['NewCall']),
    }),
  };
}

/** Changed entities by what was asked: their answer is not promised to echo `request_id`. */
function byId<E extends { id: number; request_id?: string }>(
  entities: readonly E[] | undefined,
  changes: readonly { id: number }[],
): E[] | undefined {
  return entities?.map((entity) => ({
    ...entity,
    request_id: String(changes.findIndex(({ id }) => id === entity.id)),
  }));
}

/**
 * A 2xx is all that a card can be told by: amoCRM has no answer that names a card that it does not show. If it answers
 * for fewer cards than it was sent (`items` has one for each, contract 7) nobody knows which are missing.
 */
async function sendCards(client: AmocrmClient, cards: readonly NewCard[]): Promise<Outcome<void>[]> {
  const add = cards.map(({ phone, users }) => ({ type: 'phone_call' as const, phone_number: phone, users }));
  const answer = await client.POST('/api/v2/events', { body: { add } });
  if (!answer.response.ok) return refusals(answer, cards.length);
  const shown = answer.data?._embedded?.items?.length ?? 0;
  const areAllShown = cards.length === 1 || shown === cards.length;
  return cards.map(() => (areAllShown ? { answer: undefined } : { error: namelessAnswer('card') }));
}

async function readTasks(
  client: AmocrmClient,
  ids: readonly number[],
): Promise<Outcome<Schemas['Task'] | undefined>[]> {
  const query = { 'filter[id][]': [...ids], limit: 250 };
  const tasks = listOf(await client.GET('/api/v4/tasks', { params: { query } }), 'tasks');
  return ids.map((id) => ({ answer: tasks.find((task) => task.id === id) }));
}

async function sendCall(
  client: AmocrmClient,
  call: Schemas['NewCall'],
): Promise<Outcome<Schemas['StoredCall'] | undefined>[]> {
  const answer = await client.POST('/api/v4/calls', { body: [call] });
  if (isUnknownClient(answer.error)) return [{ answer: undefined }];
  return outcomesOf(answer, 1, 'call', (body) => body._embedded?.calls);
}

/** A 400 with `errors` and no `validation-errors`: nobody has this phone. */
function isUnknownClient(error: unknown): boolean {
  const body = error as { errors?: unknown; 'validation-errors'?: unknown } | undefined;
  return Array.isArray(body?.errors) && body['validation-errors'] === undefined;
}
