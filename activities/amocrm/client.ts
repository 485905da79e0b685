import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths } from '../../proto/generated/amocrm.ts';
import type { AmocrmAccess } from './access.ts';
import { AmocrmError, type AmocrmErrorCode, errorOfAnswer, errorOfNetwork } from './errors.ts';
import { type Hear, heard } from './exchange.ts';
import { fetchInTime } from './fetch-in-time.ts';
import type { RequestLimiter } from './limiter.ts';
import { withAccess } from './with-access.ts';

export type AmocrmClient = Client<paths>;

export interface AmocrmEntrance {
  access: AmocrmAccess;
  limiter: RequestLimiter;
  /** Left out: nobody listens. */
  hear?: Hear | undefined;
  /** Asked each time a request is about to be written. Left out: it may be so at any time. */
  mayLeave?: (request: Request) => boolean;
}

/** After that a request is given up; whether amoCRM carried it out is then unknown. */
export const requestTimeoutMs = 10_000;
/** They concern every request: until they are over nobody sends. */
export const pausing: ReadonlySet<AmocrmErrorCode> = new Set(['RateLimited', 'Blocked', 'AccountUnpaid']);

/**
 * The one way to an amoCRM account: every request takes its place in the budget, carries the token of the moment, and
 * fails as an AmocrmError; answers 2xx and 400 come back to the caller.
 */
export function createAmocrmClient({ access, ...way }: AmocrmEntrance): AmocrmClient {
  const { entrance, fetch } = withAccess(access, (request) => fetchInPlace(way, request));
  const client = createClient<paths>({
    baseUrl: 'https://account.invalid', // each request is sent to where the account lives then
    headers: { 'User-Agent': 'Ringflow/0.1' },
    fetch,
  });
  const failures: Middleware = {
    async onResponse({ response }) {
      const error = await errorOfAnswer(response);
      if (error) throw pausing.has(error.code) ? await way.limiter.pause(error) : error;
      access.taken?.();
      return undefined;
    },
    onError: ({ error }) => (error instanceof AmocrmError ? error : errorOfNetwork(error)),
  };
  client.use(entrance, failures);
  return client;
}

async function fetchInPlace(
  { limiter, hear, mayLeave = () => true }: Omit<AmocrmEntrance, 'access'>,
  request: Request,
): Promise<Response> {
  const place = await limiter.place(request.signal);
  const init = { signal: timeLimitOf(request), redirect: 'manual' } as const;
  const send = () => fetchInTime(request, init, () => mayLeave(request));
  const response = await heard(hear, request, send);
  place.answered(); // not after a failure: the request may still arrive
  return response;
}

function timeLimitOf(request: Request): AbortSignal {
  return AbortSignal.any([request.signal, AbortSignal.timeout(requestTimeoutMs)]);
}
