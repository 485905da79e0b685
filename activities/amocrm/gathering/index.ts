import type { components } from '../../../proto/generated/amocrm.ts';
import type { Place } from '../budget.ts';
import { type AmocrmAccess, type AmocrmClient, bodyOf, createAmocrmClient, namelessAnswer } from '../client.ts';
import type { RequestLimiter } from '../limiter.ts';
import { gatherCallSearch } from './call-search.ts';
import { gather, isStale, type Outcome } from './gather.ts';
import { numbered, outcomesOf, refusals } from './outcomes.ts';

type Schemas = components['schemas'];

/** A card for one call. */
export interface NewCard {
  /** As it is written in amoCRM. */
  phone: string;
  /** Never empty: amoCRM would show the card to everybody. */
  users: number[];
}

export type Gathering = ReturnType<typeof createGathering>;

/** amoCRM advises at most so many items in a request (contract 3). */
const mostItems = 50;

/**
 * What amoCRM takes several of in one request, sent one item at a time: each caller gets the answer or the error of its
 * own item, and load makes requests fuller rather than more.
 *
 * @param cards the way of cards, @param others of everything else; they differ in their lanes
 */
export function createGathering({ cards, others }: { cards: AmocrmAccess; others: AmocrmAccess }) {
  const cardDoor = createDoor(cards);
  const door = createDoor(others);
  return {
    postCards: gather<NewCard, void>({
      limiter: cards.limiter,
      most: mostItems,
      send: (items, place) => sendCards(cardDoor(place), items),
    }),

    postContact: gather<Schemas['NewContact'], { id: number }>({
      limiter: others.limiter,
      most: mostItems,
      async send(items, place) {
        const answer = await door(place).POST('/api/v4/contacts', { body: numbered(items) });
        return outcomesOf(answer, items.length, 'contact', (body) => body._embedded?.contacts);
      },
    }),

    postTask: gather<Schemas['NewTask'], { id: number }>({
      limiter: others.limiter,
      most: mostItems,
      async send(items, place) {
        const answer = await door(place).POST('/api/v4/tasks', { body: numbered(items) });
        return outcomesOf(answer, items.length, 'task', (body) => body._embedded?.tasks);
      },
    }),

    /** One task by its id, or undefined if there is none. */
    readTask: gather<number, Schemas['Task'] | undefined>({
      limiter: others.limiter,
      most: mostItems,
      send: (ids, place) => readTasks(door(place), ids),
    }),

    /**
     * Undefined if amoCRM has no client with this phone. One call in a request: a known and an unknown client in one
     * give an answer that nobody has described, and what it says of an unknown one may name no `request_id`, so that
     * nobody would know which call was stored (contract 6). A call whose entity is known goes as a note instead.
     */
    postCall: gather<Schemas['NewCall'], Schemas['StoredCall'] | undefined>({
      limiter: others.limiter,
      most: 1,
      send: ([call], place) => sendCall(door(place), call as Schemas['NewCall']),
    }),

    /** The note of a call among the newest of these entities, or undefined. */
    findCallNote: gatherCallSearch(door, others.limiter, mostItems),
  };
}

/** A client for requests that have their places already; whatever else it sends, it asks for. */
function createDoor(access: AmocrmAccess): (place: Place) => AmocrmClient {
  const inHand: Place[] = [];
  const limiter: RequestLimiter = {
    ...access.limiter,
    async place(signal) {
      for (let place = inHand.shift(); place; place = inHand.shift()) if (!isStale(place)) return place;
      return access.limiter.place(signal);
    },
  };
  const client = createAmocrmClient({ ...access, limiter });
  return (place) => {
    inHand.push(place);
    return client;
  };
}

/**
 * A 2xx is all that a card can be told by: amoCRM names no card that it does not show. If it answers for fewer cards than
 * it was sent (`items` has one for each, contract 7) nobody knows which are missing.
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
  const page = bodyOf(await client.GET('/api/v4/tasks', { params: { query } }));
  return ids.map((id) => ({ answer: page?._embedded.tasks.find((task) => task.id === id) }));
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
