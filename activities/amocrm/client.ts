import { setTimeout as sleep } from 'node:timers/promises';
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths } from '../../proto/generated/amocrm.ts';
import type { AmocrmAccess } from './access.ts';
import { AmocrmError, errorOfAnswer, errorOfNetwork } from './errors.ts';
import type { RequestLimiter } from './limiter.ts';
import { withAccess } from './with-access.ts';

export type AmocrmClient = Client<paths>;

export interface AmocrmEntrance {
  access: AmocrmAccess;
  limiter: RequestLimiter;
}

/** After that a request is given up; whether amoCRM carried it out is then unknown. */
export const requestTimeoutMs = 10_000;
/** Longer than that nobody waits for the budget inside an activity: its retry does. */
const longestWaitMs = 5_000;

/**
 * The one way to an amoCRM account: every request takes its place in the budget, carries the token of the moment, and
 * fails as an AmocrmError; answers 2xx and 400 come back to the caller. If the token is refused the request is sent once
 * more with a newer one: 401 means that nothing was done.
 */
export function createAmocrmClient({ access, limiter }: AmocrmEntrance): AmocrmClient {
  const { entrance, fetch } = withAccess(access, (request) => fetchInPlace(limiter, request));
  const client = createClient<paths>({
    baseUrl: 'https://account.invalid', // each request is sent to where the account lives then
    headers: { 'User-Agent': 'Ringflow/0.1' },
    fetch,
  });
  const failures: Middleware = {
    async onResponse({ response }) {
      const error = await errorOfAnswer(response);
      if (error?.code === 'RateLimited' || error?.code === 'Blocked') await limiter.pause(error.retryAfterMs ?? 1000);
      if (error) throw error;
      return undefined;
    },
    onError: ({ error }) => errorOfNetwork(error),
  };
  client.use(entrance, failures);
  return client;
}

async function fetchInPlace(limiter: RequestLimiter, request: Request): Promise<Response> {
  await waitForPlace(limiter);
  return fetch(request, { signal: timeLimitOf(request), redirect: 'manual' });
}

function timeLimitOf(request: Request): AbortSignal {
  return AbortSignal.any([request.signal, AbortSignal.timeout(requestTimeoutMs)]);
}

const longestSleepMs = 60_000;

async function waitForPlace(limiter: RequestLimiter): Promise<void> {
  let waitedMs = 0;
  for (;;) {
    const waitMs = await limiter.take();
    if (waitMs === 0) return;
    if (waitedMs + waitMs > longestWaitMs) {
      const message = `No request to amoCRM is allowed for ${Math.ceil(waitMs / 1000)} s; waiting for the budget.`;
      // not for the whole of a long pause: whoever ends it by hand must not have to wake each call
      const retryAfterMs = Math.min(waitMs, longestSleepMs);
      throw new AmocrmError('RateLimited', message, { hadNoEffect: true, retryAfterMs });
    }
    await sleep(waitMs);
    waitedMs += waitMs;
  }
}

/** A 2xx that does not say what was stored: it may have been. */
export function namelessAnswer(what: string): AmocrmError {
  return new AmocrmError('ServerTrouble', `amoCRM took the ${what} but did not name it; looking for it.`, {
    hadNoEffect: false,
  });
}

/** The body of an answer; a 400 becomes an error with amoCRM's own words, field by field. */
export function bodyOf<T>(answer: { data?: T; error?: unknown; response: Response }): T | undefined {
  if (answer.response.ok) return answer.data;
  const reason = reasonGiven(answer.error);
  if (reason === undefined) {
    // proves nothing: a proxy may have made it
    const message = `amoCRM refused a request (${answer.response.status}) without saying why; trying again.`;
    throw new AmocrmError('ServerTrouble', message, { hadNoEffect: false });
  }
  throw new AmocrmError('ValidationFailed', `amoCRM does not take this request: ${reason}`, { hadNoEffect: true });
}

interface ValidationBody {
  detail?: string;
  'validation-errors'?: { errors: { code: string; path: string; detail: string }[] }[];
}

/** Paths of the fields that amoCRM refused; empty for any other refusal. */
export function refusedPaths(error: unknown): string[] {
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
