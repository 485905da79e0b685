import type { components } from '../../../proto/generated/amocrm.ts';
import type { Place } from '../budget.ts';
import { type AmocrmClient, bodyOf } from '../client.ts';
import type { RequestLimiter } from '../limiter.ts';
import { gather, type Outcome } from './gather.ts';

type Schemas = components['schemas'];
type EntityType = Schemas['EntityTypePlural'];
type Note = Schemas['Note'];

/** A call that may stand with one of these entities. */
export interface SoughtCall {
  entityIds: readonly number[];
  noteType: 'call_in' | 'call_out';
  uniq: string;
}

/** The longest page that amoCRM gives (contract 3). */
const pageLength = 250;

/** Looks for calls among notes; a request is about entities of one type, a page of their newest notes. */
export function gatherCallSearch(door: (place: Place) => AmocrmClient, limiter: RequestLimiter, most: number) {
  const searchAmong = (entityType: EntityType) =>
    gather<SoughtCall, Note | undefined>({
      limiter,
      most,
      send: async (sought, place) => matched(sought, await listNotes(door(place), entityType, sought)),
    });
  const searches = {
    contacts: searchAmong('contacts'),
    companies: searchAmong('companies'),
    leads: searchAmong('leads'),
    customers: searchAmong('customers'),
  };
  return (entityType: EntityType, sought: SoughtCall): Promise<Note | undefined> =>
    searches[entityType](sought, { key: `${sought.uniq}:${sought.entityIds}` });
}

async function listNotes(client: AmocrmClient, entityType: EntityType, sought: readonly SoughtCall[]): Promise<Note[]> {
  const query = {
    'filter[note_type][]': unique(sought.map(({ noteType }) => noteType)),
    'filter[entity_id][]': unique(sought.flatMap(({ entityIds }) => entityIds)),
    'order[id]': 'desc' as const,
    limit: pageLength,
  };
  const params = { path: { entity_type: entityType }, query };
  return bodyOf(await client.GET('/api/v4/{entity_type}/notes', { params }))?._embedded.notes ?? [];
}

/** Of a full page for several nobody knows whether the call that is missing stands on the next. */
function matched(sought: readonly SoughtCall[], notes: readonly Note[]): Outcome<Note | undefined>[] {
  const isUncertain = sought.length > 1 && notes.length === pageLength;
  return sought.map((call) => {
    const answer = notes.find((note) => isOf(note, call));
    return answer === undefined && isUncertain ? { again: true } : { answer };
  });
}

/** Whatever amoCRM makes of the filter, only what was asked for counts. */
const isOf = (note: Note, { entityIds, noteType, uniq }: SoughtCall): boolean =>
  note.note_type === noteType &&
  'uniq' in note.params &&
  note.params.uniq === uniq &&
  entityIds.includes(note.entity_id);

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
