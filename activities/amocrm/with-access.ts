import type { Middleware } from 'openapi-fetch';
import type { AmocrmAccess, Pass, PassRefusal } from './access.ts';

/** A request that has to be sent twice is over by then. */
const togetherMs = 15_000;

/**
 * Sends requests to where the account lives, with the token of the moment. If that is refused, or the account has moved,
 * the request is sent once more with a newer one: 401 and a redirection mean that nothing was done.
 *
 * @param send takes a place in the budget and sends
 */
export function withAccess(access: AmocrmAccess, send: (request: Request) => Promise<Response>) {
  const passes = new WeakMap<Request, Pass>();
  const entrance: Middleware = {
    async onRequest({ request }) {
      const pass = await access.current();
      const addressed = await readdressed(request, pass);
      passes.set(addressed, pass);
      return addressed;
    },
  };
  const fetch = async (request: Request): Promise<Response> => {
    const pass = passes.get(request);
    const inTime = AbortSignal.any([request.signal, AbortSignal.timeout(togetherMs)]);
    const spare = request.clone();
    const answer = await send(request);
    const refusal = refusalBy(answer);
    if (!refusal || !pass) return answer;
    return send(await readdressed(spare, await access.renewed(pass, refusal), inTime));
  };
  return { entrance, fetch };
}

function refusalBy({ status }: Response): PassRefusal | undefined {
  if (status === 401) return 'token';
  return status >= 300 && status < 400 ? 'address' : undefined;
}

/** The same request to where this pass is good. */
async function readdressed(request: Request, { baseUrl, token }: Pass, signal = request.signal): Promise<Request> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.set('Authorization', `Bearer ${token}`);
  const body = request.body && (await request.text());
  const url = `${baseUrl.replace(/\/$/, '')}${pathname}${search}`;
  return new Request(url, { method: request.method, headers, body, signal });
}
