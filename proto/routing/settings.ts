import { type Static, Type } from 'typebox';
import type { Calendar } from '../calendar.ts';

const strict = { additionalProperties: false };

/** Of a phone, a group or a queue: whatever the PBX dials. */
const extension = Type.String({ pattern: '^\\d{1,10}$' });
const toExtension = Type.Object({ extension }, strict);
/** Where a call goes that nobody in particular is to take. */
const Instead = Type.Union([Type.Literal('default-route'), toExtension]);
export type Instead = Static<typeof Instead>;

/** To whom a PBX is to lead the calls of known clients; it asks before it takes its default route. */
export const PbxRouting = Type.Object(
  {
    enabled: Type.Boolean(),
    /** Numbers called, in any spelling; absent: all of them. */
    dids: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems: 500 })),
    /** While that calendar is closed, calls go elsewhere; absent: it is never closed. */
    hours: Type.Optional(
      Type.Object({ calendar: Type.String({ minLength: 1, maxLength: 40 }), outside: Instead }, strict),
    ),
    /** All phones of the responsible are in a call; absent: the default route. */
    whenBusy: Type.Optional(Type.Union([Type.Literal('default-route'), Type.Literal('ring'), toExtension])),
    /** The responsible has no extension, was deactivated, or there is none; absent: the default route. */
    whenAbsent: Type.Optional(Instead),
    /** amoCRM user id → extension that is rung in their stead, before what is said of the busy and the absent. */
    deputies: Type.Optional(
      Type.Record(Type.String({ pattern: '^[1-9]\\d{0,14}$' }), extension, { ...strict, maxProperties: 1_000 }),
    ),
  },
  strict,
);
export type PbxRouting = Static<typeof PbxRouting>;

/** By id of the PBX. */
export const Routing = Type.Record(Type.String({ pattern: '^[a-z0-9-]{1,32}$' }), PbxRouting, strict);
export type Routing = Static<typeof Routing>;

/** What is wrong with routing beyond its form, each with its place. */
export function faultsOfRouting(routing: Routing = {}, calendars: readonly Calendar[]): string[] {
  return Object.entries(routing).flatMap(([pbxId, { hours }]) => {
    const office = calendars.find(({ id }) => id === hours?.calendar);
    const where = `/routing/${pbxId}/hours`;
    if (hours === undefined) return [];
    if (!office) return [`${where}: there is no calendar ${hours.calendar}; add it to calendars`];
    const isEverOpen = [...office.week, ...Object.values(office.days)].some((one) => one.length > 0);
    return isEverOpen ? [] : [`${where}: ${office.id} is never open, so nobody is ever rung; give it hours`];
  });
}
