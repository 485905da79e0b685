import { type AmocrmAnswer, bodyOf, namelessAnswer, type ValidationBody } from '../answers.ts';
import { AmocrmError } from '../errors.ts';
import type { Outcome } from './gather.ts';

/** The `request_id` of an item is its index: so it is named too by an amoCRM that forgets ours (contract 3). */
export const numbered = <T>(items: readonly T[]): (T & { request_id: string })[] =>
  items.map((item, index) => ({ ...item, request_id: String(index) }));

/**
 * What became of each of the items that were sent `numbered`.
 *
 * @param created those that a 2xx names
 */
export function outcomesOf<T, Created extends { request_id?: string }>(
  answer: AmocrmAnswer<T>,
  count: number,
  what: string,
  created: (body: T) => readonly Created[] | undefined,
): Outcome<Created>[] {
  if (!answer.response.ok) return refusals(answer, count);
  const named = (answer.data && created(answer.data)) ?? [];
  return Array.from({ length: count }, (_, index) => {
    const own = named.find((each) => each.request_id === String(index)) ?? (count === 1 ? named[0] : undefined);
    return own ? { answer: own } : { error: namelessAnswer(what) };
  });
}

/**
 * A refused request, item by item. Whether amoCRM stored the good ones is not known (contract 3): whoever sent one looks
 * before sending it again. Those that it names had no effect.
 */
export function refusals({ error, response }: AmocrmAnswer<unknown>, count: number): Outcome<never>[] {
  if (count === 1) return [{ error: refusalOf(error, response), goesAlone: true }];
  const items = (error as ValidationBody | undefined)?.['validation-errors'];
  const named = new Map((Array.isArray(items) ? items : []).map((item) => [item.request_id, item]));
  const isAnyNamed = Array.from({ length: count }, (_, index) => String(index)).some((id) => named.has(id));
  return Array.from({ length: count }, (_, index) => {
    const own = named.get(String(index));
    if (own) return { error: refusalOf({ 'validation-errors': [own] }, response), goesAlone: true };
    return { error: spoilt(), goesAlone: !isAnyNamed };
  });
}

function refusalOf(error: unknown, response: Response): AmocrmError {
  try {
    bodyOf({ error, response });
  } catch (refusal) {
    return refusal as AmocrmError;
  }
  throw new TypeError('not a refusal');
}

function spoilt(): AmocrmError {
  const message = 'amoCRM refused the request because of something else in it; looking whether it took this.';
  return new AmocrmError('ServerTrouble', message, { hadNoEffect: false });
}
