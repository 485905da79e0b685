import type { components } from '../../../proto/generated/amocrm.ts';
import { uniqueidToUtcMs } from '../../../proto/pbx-time.ts';
import { listOf } from '../answers.ts';
import type { AmocrmClient } from '../client.ts';
import { integrationName } from '../integration.ts';
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

type NotesSought = Omit<SoughtCall, 'uniq'>;

/** Notes of calls that stand with any of these entities. */
export type SoughtCalls = NotesSought & {
  /** A page of notes that were all written and changed before is the last that is read. */
  sinceSeconds: number;
};

export interface FoundNotes {
  notes: Schemas['Note'][];
  /** There are more notes than are read. */
  isCut: boolean;
}

/** The longest page that amoCRM gives (contract 3). */
const pageLength = 250;
/** Far more calls than a client has: what is looked for alone is looked for to the end. */
const mostPages = 40;
/** More make an address that a proxy refuses; some clients have hundreds of leads. */
const mostIdsInAddress = 50;

/** Notes of calls, written and looked for; a request is about entities of one type. */
export function gatherNotes(
  door: Door,
  limiter: RequestLimiter,
  pbxIds: () => Promise<readonly string[]>,
  most: number,
  paceMs: number,
) {
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
        const known = await pbxIds();
        const noteOf = (call: SoughtCall, notes: Schemas['Note'][]) => notes.find((note) => isOf(note, call, known));
        const isEnough = (notes: Schemas['Note'][]) => sought.every((call) => noteOf(call, notes));
        const { notes, isCut } = await newestNotes(door(place), entityType, sought, { isEnough });
        return sought.map((call) => {
          const answer = noteOf(call, notes);
          return answer || !isCut || sought.length === 1 ? { answer } : { again: true };
        });
      },
    }),
  );
  const listing = each((entityType: EntityType) =>
    gather<SoughtCalls, FoundNotes>({
      limiter,
      most,
      async send(sought, place) {
        const sinceSeconds = Math.min(...sought.map((calls) => calls.sinceSeconds));
        const { notes, isCut } = await newestNotes(door(place), entityType, sought, { sinceSeconds });
        return sought.map((calls) =>
          isCut && sought.length > 1
            ? { again: true }
            : { answer: { notes: notes.filter((note) => isAmong(note, calls)), isCut } },
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
    /** The newest calls that stand with any of these entities. */
    listCallNotes: (entityType: EntityType, sought: SoughtCalls) =>
      listing(entityType)(sought, { key: `${sought.noteType}:${sought.sinceSeconds}:${sought.entityIds}` }),
  };
}

interface HowFar {
  /** Then older entities and notes are not asked about. */
  isEnough?(notes: Schemas['Note'][]): boolean;
  sinceSeconds?: number;
}

/**
 * Notes of the newest entities first; where several calls are sought a page of each entities' notes, else all that may be
 * read.
 *
 * @returns `isCut`: one that is missing may stand on a next page
 */
async function newestNotes(
  client: AmocrmClient,
  entityType: EntityType,
  sought: readonly NotesSought[],
  { isEnough = () => false, sinceSeconds = 0 }: HowFar,
): Promise<FoundNotes> {
  const pages = sought.length === 1 ? mostPages : 1;
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
    let goesOn = true;
    for (let page = 1; goesOn && page <= pages && !isEnough(notes); page++) {
      const params = { path: { entity_type: entityType }, query: { ...query, page } };
      const found = listOf(await client.GET('/api/v4/{entity_type}/notes', { params }), 'notes');
      notes.push(...found);
      goesOn = found.length === pageLength && found.some((note) => !isBefore(note, sinceSeconds));
    }
    isCut ||= goesOn;
  }
  return { notes, isCut };
}

/** By both: what is written later may be dated back. */
const isBefore = ({ created_at, updated_at }: Schemas['Note'], seconds: number): boolean =>
  Math.max(created_at, updated_at) < seconds;

/** Whatever amoCRM makes of the filter, only what was asked for counts. */
const isAmong = (note: Schemas['Note'], { entityIds, noteType }: NotesSought): boolean =>
  note.note_type === noteType && entityIds.includes(note.entity_id);

const isOf = (note: Schemas['Note'], call: SoughtCall, pbxIds: readonly string[]): boolean =>
  isAmong(note, call) && 'uniq' in note.params && isSame(note.params, call.uniq, pbxIds);

/**
 * Of an installation whose database was lost the PBX may have had another name; the linkedid stays. What bears the name of
 * another PBX that there is now is a call of that one: two may give one linkedid.
 */
function isSame({ uniq = '', source }: Schemas['Note']['params'], sought: string, pbxIds: readonly string[]): boolean {
  if (uniq === sought) return true;
  const linkedid = linkedidOf(sought);
  const isOurs = source === integrationName && uniqueidToUtcMs(linkedid) !== undefined;
  return isOurs && linkedidOf(uniq) === linkedid && !pbxIds.includes(pbxIdOf(uniq));
}

/** A name of a PBX holds no colon. */
const linkedidOf = (uniq: string): string => uniq.slice(uniq.indexOf(':') + 1);
const pbxIdOf = (uniq: string): string => uniq.slice(0, Math.max(0, uniq.indexOf(':')));

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
