import { type Static, Type } from 'typebox';

/** What is looked at when the set-up of a PBX is checked, in this order. */
export const CheckSubject = Type.Enum(['database', 'cel-table', 'cdr-table', 'calls', 'events', 'timezone', 'phones']);
export type CheckSubject = Static<typeof CheckSubject>;

/** One thing that was looked at; the pages have words for each finding in both languages. */
export const PbxFinding = Type.Object({
  subject: CheckSubject,
  state: Type.Enum(['ok', 'warning', 'error']),
  finding: Type.Enum([
    'fine',
    /** The database: `code` is that of the driver or server, `message` says it in English. */
    'unreachable',
    /** Of a table: columns that are missing, needed or useful. */
    'lacks-columns',
    /** No row has been written yet; the rest can't be checked. */
    'no-calls-yet',
    /** Events that never come although there are calls. */
    'lacks-events',
    /** The rows' clock is so many hours off the zone that is set. */
    'other-timezone',
    /** No phone's channel has a name that fits the pattern of extensions. */
    'no-phones',
    /** Too little was written to tell. */
    'too-few-rows',
  ]),
  /** What the words are filled with. */
  values: Type.Record(Type.String(), Type.String()),
});
export type PbxFinding = Static<typeof PbxFinding>;
