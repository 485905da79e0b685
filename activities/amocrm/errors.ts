/** What can go wrong between us and amoCRM; the contract's section 3 tells which answer means what. */
export type AmocrmErrorCode =
  | 'RateLimited'
  | 'Blocked'
  | 'ServerTrouble'
  | 'Unreachable'
  | 'NoAnswer'
  | 'NoBudget'
  | 'TooSlow'
  | 'Moved'
  | 'RequestUnderWay'
  | 'NotConnected'
  | 'TokenRefused'
  | 'AccountUnpaid'
  | 'Forbidden'
  | 'EmployeesUnknown'
  | 'Gone'
  | 'EntityGone'
  | 'Braked'
  | 'Uncertain'
  | 'ValidationFailed';

/** Errors that no repetition mends: a person has to look. */
const hopeless = new Set<AmocrmErrorCode>(['Forbidden', 'Gone', 'Braked', 'Uncertain', 'ValidationFailed']);

interface ErrorDetails {
  hadNoEffect: boolean;
  retryAfterMs?: number;
  refusedPaths?: readonly string[];
  effectKey?: string;
}

/** A failed request to amoCRM, with a sentence for people. Never holds a token. */
export class AmocrmError extends Error {
  override readonly name = 'AmocrmError';
  readonly code: AmocrmErrorCode;
  /** True if amoCRM certainly did nothing; false if nobody knows. */
  readonly hadNoEffect: boolean;
  readonly retryAfterMs: number | undefined;
  /** Of what is `Uncertain`. */
  readonly effectKey: string | undefined;
  /** Of `ValidationFailed`: the fields that amoCRM refused, if it names any. */
  readonly refusedPaths: readonly string[];

  constructor(code: AmocrmErrorCode, message: string, details: ErrorDetails) {
    super(message);
    this.code = code;
    this.hadNoEffect = details.hadNoEffect;
    this.retryAfterMs = details.retryAfterMs;
    this.effectKey = details.effectKey;
    this.refusedPaths = details.refusedPaths ?? [];
  }

  get isHopeless(): boolean {
    return hopeless.has(this.code);
  }
}

/** True if these fields, or some of them, are all that amoCRM dislikes. */
export function isRefusalOf(error: unknown, fields: readonly string[]): boolean {
  const paths = error instanceof AmocrmError ? error.refusedPaths : [];
  return paths.length > 0 && paths.every((path) => fields.includes(path));
}

/**
 * Sends with the responsible user, and if amoCRM doesn't take that one (any more) for nobody in particular.
 *
 * @param fields in which the user stands
 */
export async function orWithoutUser<T>(
  send: (hasUser: boolean) => Promise<T>,
  fields: readonly string[] = ['responsible_user_id'],
): Promise<T> {
  try {
    return await send(true);
  } catch (error) {
    if (!isRefusalOf(error, fields)) throw error;
    return send(false);
  }
}

const minuteMs = 60_000;

/** The error that an answer of amoCRM means, or undefined if it is for the caller to read (2xx and 400). */
export async function errorOfAnswer(response: Response): Promise<AmocrmError | undefined> {
  const { status } = response;
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  if (status === 400 || (response.ok && (isJson || status === 204))) return undefined;
  if (response.ok) {
    return new AmocrmError('ServerTrouble', `amoCRM answered ${status} with something that is no JSON.`, {
      hadNoEffect: false,
    });
  }
  if (status === 429) {
    return new AmocrmError('RateLimited', 'amoCRM asks for fewer requests (429).', {
      hadNoEffect: true,
      retryAfterMs: await retryAfterMs(response),
    });
  }
  if (status === 504 || status === 408) {
    const message = `amoCRM took too long (${status}): the request may or may not have been carried out.`;
    return new AmocrmError('TooSlow', message, { hadNoEffect: false });
  }
  if (status >= 500) {
    const message = `amoCRM has trouble (${status}); trying again.`;
    return new AmocrmError('ServerTrouble', message, { hadNoEffect: false });
  }
  return refusal(status, isJson);
}

function refusal(status: number, isJson: boolean): AmocrmError {
  if (status < 400) {
    const message = `The amoCRM account has moved to another address (${status}).`;
    return new AmocrmError('Moved', message, { hadNoEffect: true, retryAfterMs: minuteMs });
  }
  if (status === 401) {
    return new AmocrmError('TokenRefused', 'amoCRM refuses the access token (401).', {
      hadNoEffect: true,
      retryAfterMs: minuteMs,
    });
  }
  if (status === 402) {
    const message = 'The amoCRM account is not paid (402); calls wait until it is.';
    return new AmocrmError('AccountUnpaid', message, { hadNoEffect: true, retryAfterMs: 10 * minuteMs });
  }
  if (status === 403 && !isJson) {
    const message = 'amoCRM has blocked the API of this account (403): write to its support.';
    return new AmocrmError('Blocked', message, { hadNoEffect: true, retryAfterMs: 15 * minuteMs });
  }
  if (status === 403) {
    const message = 'The amoCRM user behind the token lacks the right for this (403): use an administrator.';
    return new AmocrmError('Forbidden', message, { hadNoEffect: true });
  }
  if (status === 404 && !isJson) {
    const message = 'Not amoCRM but something on the way to it answers (404 that is no JSON); trying again.';
    return new AmocrmError('ServerTrouble', message, { hadNoEffect: false });
  }
  if (status === 404)
    return new AmocrmError('Gone', 'amoCRM has no such thing (any more) (404).', { hadNoEffect: true });
  return new AmocrmError('ValidationFailed', `amoCRM does not take this request (${status}).`, { hadNoEffect: true });
}

/** The server's own delay: the header, or `retry_after` of the body (seconds); a second if it names none. */
async function retryAfterMs(response: Response): Promise<number> {
  const header = Number(response.headers.get('retry-after'));
  if (header > 0) return header * 1000;
  const body = await response
    .clone()
    .json()
    .catch(() => undefined);
  const seconds = Number((body as { retry_after?: unknown } | undefined)?.retry_after);
  return seconds > 0 ? seconds * 1000 : 1000;
}

const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Of a request that was not sent: it waited too long for its place, its connection or a newer token. */
export function tooLate(): AmocrmError {
  const message = 'It became too late before the request could leave for amoCRM, so it was not sent.';
  return new AmocrmError('RateLimited', message, { hadNoEffect: true });
}

/** The error that a failed `fetch` means; one that has a meaning already keeps it. */
export function errorOfNetwork(error: unknown): AmocrmError {
  if (error instanceof AmocrmError) return error;
  const cause = (error as { cause?: { code?: string } }).cause?.code ?? '';
  if (neverSent.has(cause)) {
    const message = `amoCRM can't be reached (${cause}); trying again.`;
    return new AmocrmError('Unreachable', message, { hadNoEffect: true });
  }
  if ((error as Error).name === 'TimeoutError') {
    const message = 'amoCRM did not answer in time: the request may or may not have been carried out.';
    return new AmocrmError('TooSlow', message, { hadNoEffect: false });
  }
  return new AmocrmError('NoAnswer', 'amoCRM gave no answer: the request may or may not have been carried out.', {
    hadNoEffect: false,
  });
}
