import type { CallQuery } from './calls.ts';

/** What the list is searched by, as it stands in the page's address. */
export interface CallFilter {
  phone: string;
  extension: string;
  direction: string;
  result: string;
  registration: string;
  /** Local time as a browser's field writes it: `2026-11-25T10:00`. */
  from: string;
  to: string;
}

export const noFilter: CallFilter = {
  ...{ phone: '', extension: '', direction: '', result: '', registration: '', from: '', to: '' },
};

const names = Object.keys(noFilter) as (keyof CallFilter)[];

export const directions = ['inbound', 'outbound', 'internal'] as const;
export const results = ['answered', 'missed', 'busy', 'no_answer', 'cancelled', 'failed', 'voicemail'] as const;
export const registrations = [
  'registered',
  'pending',
  'needs-attention',
  'not-sent',
  'unlicensed',
  'observed',
] as const;

export function readFilter(search: URLSearchParams): CallFilter {
  const given = names.map((name) => [name, search.get(name) ?? '']);
  return Object.fromEntries(given) as unknown as CallFilter;
}

/** Of the address; nothing if nothing is searched. */
export function writeFilter(filter: CallFilter): string {
  const set = names.filter((name) => filter[name] !== '').map((name) => [name, filter[name]]);
  return new URLSearchParams(set as string[][]).toString();
}

export const hasDigits = (phone: string): boolean => /\d/.test(phone);

/** As the API is asked; what makes no sense in an address is passed over. */
export function queryOf({ phone, extension, direction, result, registration, from, to }: CallFilter): CallQuery {
  return {
    ...(hasDigits(phone) && { phone }),
    ...(extension.trim() && { extension: extension.trim() }),
    ...pick('direction', directions, direction),
    ...pick('result', results, result),
    ...pick('registration', registrations, registration),
    ...moment('fromMs', from),
    ...moment('toMs', to),
  };
}

function pick<N extends string, V extends string>(name: N, known: readonly V[], value: string): { [K in N]?: V } {
  const found = known.find((one) => one === value);
  return (found === undefined ? {} : { [name]: found }) as { [K in N]?: V };
}

function moment<N extends string>(name: N, text: string): { [K in N]?: number } {
  const atMs = new Date(text).getTime();
  return (atMs >= 0 ? { [name]: atMs } : {}) as { [K in N]?: number };
}
