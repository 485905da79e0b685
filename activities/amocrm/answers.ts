import { AmocrmError } from './errors.ts';

/** An answer as the client gives it: 2xx or 400. */
export interface AmocrmAnswer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of an answer; a 400 becomes an error with amoCRM's own words, field by field. */
export function bodyOf<T>(answer: AmocrmAnswer<T>): T | undefined {
  if (answer.response.ok) return answer.data;
  const reason = reasonGiven(answer.error);
  if (reason === undefined) {
    // proves nothing: a proxy may have made it
    const message = `amoCRM refused a request (${answer.response.status}) without saying why; trying again.`;
    throw new AmocrmError('ServerTrouble', message, { hadNoEffect: false });
  }
  throw new AmocrmError('ValidationFailed', `amoCRM does not take this request: ${reason}`, {
    hadNoEffect: true,
    refusedPaths: refusedPaths(answer.error),
  });
}

/**
 * The list that was asked for. That it is empty only 204 says, or an empty list (contract 3): who took any other answer
 * for that would make twice what it does not show.
 *
 * @throws AmocrmError `ServerTrouble` for an answer that is neither
 */
export function listOf<Kind extends string, Entity>(
  answer: AmocrmAnswer<{ _embedded: Record<Kind, Entity[]> } | undefined>,
  kind: Kind,
): Entity[] {
  const body = bodyOf(answer);
  if (answer.response.status === 204) return [];
  const list = body?._embedded?.[kind]; // whatever the contract says of a body
  if (Array.isArray(list)) return list;
  throw meaninglessAnswer();
}

/**
 * The one thing that was asked for; that it is missing only 204 and 404 say (contract 3).
 *
 * @throws AmocrmError `ServerTrouble` for an answer that holds nothing
 */
export async function oneOf<T extends { id: number } | { uid: string }>(
  ask: () => Promise<AmocrmAnswer<T | undefined>>,
): Promise<T | undefined> {
  const answer = await unlessGone(ask);
  const body = answer && bodyOf(answer);
  if (!answer || answer.response.status === 204) return undefined;
  if (typeof body === 'object' && body && ('id' in body || 'uid' in body)) return body;
  throw meaninglessAnswer();
}

/** What is missing may be answered by 404. */
export async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AmocrmError && error.code === 'Gone') return undefined;
    throw error;
  }
}

function meaninglessAnswer(): AmocrmError {
  const message = 'amoCRM answered a question with neither what was asked for nor that there is none; trying again.';
  return new AmocrmError('ServerTrouble', message, { hadNoEffect: true });
}

/** A 2xx that does not say what was stored: it may have been. */
export function namelessAnswer(what: string): AmocrmError {
  return new AmocrmError('ServerTrouble', `amoCRM took the ${what} but did not name it; looking for it.`, {
    hadNoEffect: false,
  });
}

export interface ValidationBody {
  detail?: string;
  'validation-errors'?: { request_id: string; errors: { code: string; path: string; detail: string }[] }[];
}

function refusedPaths(error: unknown): string[] {
  const items = (error as ValidationBody | undefined)?.['validation-errors'];
  return Array.isArray(items) ? items.flatMap((item) => item.errors.map(({ path }) => path)) : [];
}

/** amoCRM's own words for a refusal, field by field where it names fields. */
function reasonGiven(error: unknown): string | undefined {
  const body = error as ValidationBody | undefined;
  const items = body?.['validation-errors'];
  if (!Array.isArray(items)) return typeof body?.detail === 'string' ? body.detail : undefined;
  return items.flatMap((item) => item.errors.map(({ path, detail }) => `${path}: ${detail}`)).join('; ');
}
