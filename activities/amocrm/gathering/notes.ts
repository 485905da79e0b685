import type { components } from '../../../proto/generated/amocrm.ts';
import { type AmocrmClient, bodyOf } from '../client.ts';
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
/** More make an address that a proxy refuses; some clients have hundreds of leads. */
const mostIdsInAddress = 50;

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
        const noteOf = (call: SoughtCall, notes: Schemas['Note'][]) => notes.find((note) => isOf(note, call));
        const areAllThere = (notes: Schemas['Note'][]) => sought.every((call) => noteOf(call, notes));
        const { notes, isCut } = await newestNotes(door(place), entityType, sought, areAllThere);
        return sought.map((call) => {
          const answer = noteOf(call, notes);
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
        const { notes, isCut } = await newestNotes(door(place), entityType, sought);
        return sought.map((calls) =>
          isCut && sought.length > 1 ? { again: true } : { answer: notes.filter((note) => isAmong(note, calls)) },
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

/**
 * Notes of the newest entities first.
 *
 * @param isEnough then older entities are not asked about
 * @returns `isCut`: one that is missing may stand on a next page
 */
async function newestNotes(
  client: AmocrmClient,
  entityType: EntityType,
  sought: readonly SoughtCalls[],
  isEnough: (notes: Schemas['Note'][]) => boolean = () => false,
): Promise<{ notes: Schemas['Note'][]; isCut: boolean }> {
  const entityIds = unique(sought.flatMap((calls) => calls.entityIds)).toSorted((a, b) => b - a);
  const notes: Schemas['Note'][] = [];
  let isCut = false;
  for (let from = 0; from < entityIds.length && !isEnough(notes); from += mostIdsInAddress) {
    const query = {
      'filter[note_type][]': unique(sought.map(({ noteType }) => noteType)),
      'filter[entity_id][]': entityIds.slice(from, from + mostIdsInAddress),
      'order[id]': 'desc' as const,
      limit: pageLength,
    };
    const params = { path: { entity_type: entityType }, query };
    const page = bodyOf(await client.GET('/api/v4/{entity_type}/notes', { params }))?._embedded.notes ?? [];
    notes.push(...page);
    isCut ||= page.length === pageLength;
  }
  return { notes, isCut };
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
