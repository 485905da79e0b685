import { type Static, Type } from 'typebox';

/** What is looked at when the set-up of a PBX is checked, in this order. */
export const CheckSubject = Type.Enum([
  ...['database', 'cel-table', 'cdr-table', 'calls', 'events', 'timezone', 'phones'],
  ...['ami', 'asterisk', 'ami-write', 'ami-read', 'curl', 'recordings', 'recording-links'],
] as const);
export type CheckSubject = Static<typeof CheckSubject>;

/** One thing that was looked at; the pages have words for each finding in both languages. */
export const PbxFinding = Type.Object({
  subject: CheckSubject,
  state: Type.Enum(['ok', 'warning', 'error']),
  finding: Type.Enum([
    'fine',
    /** Of AMI and recordings: nothing was said of them, so nothing is looked at. */
    'not-set',
    /**
     * The database, AMI, a folder: `code` is that of the driver, server or system, `message` says it in English; of
     * recordings `value` is the server's key or the status of HTTP.
     */
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
    /** Something listens where AMI should and says nothing, or something else (`said`). */
    'silent',
    'not-ami',
    /** AMI does not let the user in. */
    'refused',
    /** AMI greets, and then answers no more. */
    'broken',
    /** An Asterisk older (`version`) than those that Ringflow is tried with. */
    'old-version',
    /** Of AMI's user: classes (`rights`) that `write` lacks. */
    'lacks-rights',
    /** AMI's user hears nothing of calls: `read` lacks the class call. */
    'hears-no-calls',
    /** The dialplan can't ask over HTTP. */
    'no-curl',
    /** No recording is named in CDR yet. */
    'no-recordings-yet',
    /** Of so many (`count`) newest recordings of CDR so many (`missing`) are not in the folder, one of them `file`. */
    'lacks-recordings',
    /** Calls get no link to their recording: amoCRM's users could not open it, or it can't be signed. */
    'no-public-address',
    'no-keys',
  ]),
  /** What the words are filled with. */
  values: Type.Record(Type.String(), Type.String()),
});
export type PbxFinding = Static<typeof PbxFinding>;
