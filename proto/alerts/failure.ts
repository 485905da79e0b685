import { type Static, Type } from 'typebox';

/** Why an alert did not get where it should; the pages have words for each code in both languages. */
export const AlertFailure = Type.Object({
  code: Type.Enum([
    /** The secret is not kept here, or no key opens it. */
    'no-secret',
    'smtp-unreachable',
    'smtp-sign-in',
    'smtp-refused',
    'telegram-unreachable',
    'telegram-token',
    'telegram-refused',
    'webhook-unreachable',
    'webhook-refused',
    /** `reason` in English. */
    'amocrm',
    'interrupted',
  ]),
  /** What the words are filled with: `host`, `code`, `status`, `answer` (of the other side), `reason`; never a secret. */
  values: Type.Record(Type.String(), Type.String()),
});
export type AlertFailure = Static<typeof AlertFailure>;
