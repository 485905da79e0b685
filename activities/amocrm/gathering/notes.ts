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
        const found = await listCallNotes(door, place, entityType, sought);
        const isCut = found.length === pageLength; // the one that is missing may stand on the next page
        return sought.map((call) => {
          const answer = found.find((note) => isOf(note, call));
          return answer || !isCut || sought.length === 1 ? { answer } : { again: true };
        });
      },
    }),
  );
  return {
    /** Puts a call on a chosen entity. */
    postCallNote: (entityType: EntityType, note: NewCallNote, ticket: Ticket) => writing(entityType)(note, ticket),
    /** The call's note among the newest of these entities, or undefined. */
    findCallNote: (entityType: EntityType, sought: SoughtCall) =>
      seeking(entityType)(sought, { key: `${sought.uniq}:${sought.entityIds}` }),
  };
}

async function listCallNotes(
  door: Door,
  place: Parameters<Door>[0],
  entityType: EntityType,
  sought: readonly SoughtCall[],
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
const isOf = (note: Schemas['Note'], { entityIds, noteType, uniq }: SoughtCall): boolean =>
  note.note_type === noteType &&
  'uniq' in note.params &&
  note.params.uniq === uniq &&
  entityIds.includes(note.entity_id);

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
