import type { components } from '../../../proto/generated/amocrm.ts';
import { bodyOf } from '../client.ts';
import type { RequestLimiter } from '../limiter.ts';
import type { Door } from './door.ts';
import { gather, type Ticket } from './gather.ts';
import { numbered, outcomesOf } from './outcomes.ts';

type Schemas = components['schemas'];
type EntityType = Schemas['EntityTypePlural'];
export type NewCallNote = Schemas['NewCallNote'];

/** The note of a call that may stand with one of these entities. */
export interface SoughtCall {
  entityIds: readonly number[];
  noteType: NewCallNote['note_type'];
  uniq: string;
}

/** Notes of calls that stand with any of these entities. */
export type SoughtCalls = Omit<SoughtCall, 'uniq'>;

/** The longest page that amoCRM gives (contract 3). */
const pageLength = 250;

/** Notes of calls, written and looked for; a request is about entities of one type. */
export function gatherNotes(door: Door, limiter: RequestLimiter, most: number, paceMs: number) {
  const writing = each((entityType: EntityType) =>
    gather<NewCallNote, { id: number }>({
      limiter,
      most,
      paceMs,
      async send(notes, place) {
        const params = { path: { entity_type: entityType } };
        const answer = await door(place).POST('/api/v4/{entity_type}/notes', { params, body: numbered(notes) });
        return outcomesOf(answer, notes.length, 'call', (body) => body._embedded?.notes);
      },
    }),
  );
  const seeking = each((entityType: EntityType) =>
    gather<SoughtCall, Schemas['Note'] | undefined>({
      limiter,
      most,
      async send(sought, place) {
        const found = await newestNotes(door, place, entityType, sought);
        const isCut = found.length === pageLength; // the one that is missing may stand on the next page
        return sought.map((call) => {
          const answer = found.find((note) => isOf(note, call));
          return answer || !isCut || sought.length === 1 ? { answer } : { again: true };
        });
      },
    }),
  );
  const listing = each((entityType: EntityType) =>
    gather<SoughtCalls, Schemas['Note'][]>({
      limiter,
      most,
      async send(sought, place) {
        const found = await newestNotes(door, place, entityType, sought);
        const isCut = found.length === pageLength;
        return sought.map((calls) =>
          isCut && sought.length > 1 ? { again: true } : { answer: found.filter((note) => isAmong(note, calls)) },
        );
      },
    }),
  );
  return {
    /** Puts a call on a chosen entity. */
    postCallNote: (entityType: EntityType, note: NewCallNote, ticket: Ticket) => writing(entityType)(note, ticket),
    /** The call's note among the newest of these entities, or undefined. */
    findCallNote: (entityType: EntityType, sought: SoughtCall) =>
      seeking(entityType)(sought, { key: `${sought.uniq}:${sought.entityIds}` }),
    /** The newest calls that stand with any of these entities, at most a page of them. */
    listCallNotes: (entityType: EntityType, sought: SoughtCalls) =>
      listing(entityType)(sought, { key: `${sought.noteType}:${sought.entityIds}` }),
  };
}

async function newestNotes(
  door: Door,
  place: Parameters<Door>[0],
  entityType: EntityType,
  sought: readonly SoughtCalls[],
): Promise<Schemas['Note'][]> {
  const query = {
    'filter[note_type][]': unique(sought.map(({ noteType }) => noteType)),
    'filter[entity_id][]': unique(sought.flatMap(({ entityIds }) => entityIds)),
    'order[id]': 'desc' as const,
    limit: pageLength,
  };
  const params = { path: { entity_type: entityType }, query };
  return bodyOf(await door(place).GET('/api/v4/{entity_type}/notes', { params }))?._embedded.notes ?? [];
}

/** Whatever amoCRM makes of the filter, only what was asked for counts. */
const isAmong = (note: Schemas['Note'], { entityIds, noteType }: SoughtCalls): boolean =>
  note.note_type === noteType && entityIds.includes(note.entity_id);

const isOf = (note: Schemas['Note'], call: SoughtCall): boolean =>
  isAmong(note, call) && 'uniq' in note.params && note.params.uniq === call.uniq;

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** One of a kind for each name, made when it is first asked for. */
function each<Name, Thing>(make: (name: Name) => Thing): (name: Name) => Thing {
  const made = new Map<Name, Thing>();
  return (name) => {
    const thing = made.get(name) ?? make(name);
    made.set(name, thing);
    return thing;
  };
}
