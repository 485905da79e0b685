import type { Value } from 'typebox/value';
import { callingForms } from './calling/settings.ts';

type FormError = ReturnType<typeof Value.Errors>[number];

/** What fits the patterns of our schemas, for people. */
export const wordsOfPatterns: Readonly<Record<string, string>> = {
  '^\\d{1,20}\\*?$': 'digits with the country code, such as 74951230001, or 7495* for all that begin so',
  '^[a-z0-9-]+$': 'small letters (a-z), digits and hyphens',
  '^https?://[^\\s/@]+(/[^\\s]*)?$': 'an address without user and password, such as https://crm.example/calls',
  '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$': 'a time of day from 00:00 to 24:00',
  '^\\d{1,10}$': 'an extension, 1 to 10 digits, such as 101',
  '^\\d*$': 'digits',
  '^\\+?\\d*$': 'digits, with a + before a country code',
  '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$': 'an e-mail address, such as anna@firm.example',
  '^(-?\\d{1,20}|@\\w{3,40})$': 'the number of a chat, such as -1001234567890, or a channel such as @alerts',
  '^[A-Z]{2}$': 'two capital letters, such as RU',
  ...Object.fromEntries(Object.values(callingForms).map(({ pattern, hint }) => [pattern, hint])),
};

/** What a name must be where names are chosen by whoever writes the settings, by what they stand in. */
const wordsOfNames: Readonly<Record<string, string>> = {
  employees: 'an extension, 1 to 10 digits, such as 101',
  pbxs: 'the id of a PBX: up to 32 small letters (a-z), digits and hyphens',
  observedPbxs: 'the id of a PBX: up to 32 small letters (a-z), digits and hyphens',
  routing: 'the id of a PBX: up to 32 small letters (a-z), digits and hyphens',
  deputies: 'the number of an amoCRM user, such as 504141',
  numbers: 'a DID or the name of a trunk, 1 to 80 characters',
  days: 'a day, such as 2026-12-31',
};

/**
 * What a schema dislikes, one sentence for each place. Of a union whose form is clear only what is wrong inside is told.
 *
 * @param at where the value stands
 */
export function faultsInWords(errors: readonly FormError[], at = ''): string[] {
  const told = errors.filter(({ keyword }) => keyword !== 'additionalProperties' && keyword !== 'anyOf');
  const byPlace = Map.groupBy(told, ({ instancePath }) => instancePath);
  const places = [...byPlace.keys()];
  const isOther = ({ keyword }: FormError) => keyword === 'type'; // another form of the union
  return [...byPlace]
    .filter(([place, here]) => !(here.every(isOther) && places.some((inner) => inner.startsWith(`${place}/`))))
    .map(([place, here]) => `${`${at}${place}` || '/'}: ${sentenceOf(here)}`);
}

function sentenceOf(errors: readonly FormError[]): string {
  const [first] = errors;
  if (errors.some(({ keyword }) => keyword === 'boolean')) {
    const name = wordsOfNames[first?.instancePath.split('/').at(-2) ?? ''];
    return name ? `the name must be ${name}` : 'is not known here (an additional name); check its spelling';
  }
  const allowed = errors.flatMap((error) => (error.keyword === 'const' ? [String(error.params.allowedValue)] : []));
  if (allowed.length > 0) return `must be one of ${allowed.join(', ')}`;
  const types = errors.flatMap((error) => (error.keyword === 'type' ? [error.params.type].flat() : []));
  if (types.length > 0) return `must be ${[...new Set(types)].join(' or ')}`;
  if (first?.keyword === 'pattern') {
    return `must be ${wordsOfPatterns[String(first.params.pattern)] ?? `of the form ${first.params.pattern}`}`;
  }
  return first?.message ?? 'wrong';
}
