import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isBeyond, type Limit } from '../access/is-beyond.ts';
import { ApiError } from '../errors.ts';
import type { ApiTools } from '../tools.ts';
import { type AmocrmVisitor, createIntegrationOf, readWidgetToken } from './token.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is at the screen in amoCRM. */
    visitor: AmocrmVisitor | null;
  }
}

const minuteMs = 60_000;
/** A page asks for a ticket now and then, a person clicks now and then; many pages may be open. */
const mostOfUser = 120;
/** An office shares an address. */
const mostRefusals = 300;

/** All routes of this scope are for whoever amoCRM has signed a token for, on a page of their own account. */
export function guardVisitors(scope: FastifyInstance, { accounts, secrets, ownWidget }: ApiTools): void {
  const integrationOf = createIntegrationOf(secrets, ownWidget);
  const limit = (max: number, keyGenerator: (request: FastifyRequest) => string) =>
    scope.createRateLimit({ max, timeWindow: minuteMs, keyGenerator });
  const ofUser = limit(mostOfUser, ({ visitor }) => `widget:${visitor?.account.id}:${visitor?.userId}`);
  const refusals = limit(mostRefusals, ({ ip }) => `widget-refused:${ip}`);
  scope.decorateRequest('visitor', null);
  scope.addHook('onRequest', async (request) => {
    const token = request.headers['x-auth-token'];
    const visitor = await readWidgetToken(token, accounts, integrationOf).catch(async (error) => {
      await demandWithin(refusals, request);
      throw error;
    });
    const { origin } = request.headers;
    if (origin !== undefined && origin !== visitor.account.baseUrl) throw new ApiError(403, 'foreign-page');
    request.visitor = visitor;
    await demandWithin(ofUser, request);
  });
}

async function demandWithin(limit: Limit, request: FastifyRequest): Promise<void> {
  if (await isBeyond(limit, request)) throw new ApiError(429, 'too-many-requests');
}

/** While nobody has allowed the integration, or somebody has switched it off, nothing is done there. */
export function demandConnected({ account }: AmocrmVisitor): void {
  if (account.state === 'pending' || account.state === 'disconnected') throw new ApiError(409, 'account-not-connected');
}

/** Of a route that is guarded so. */
export function visitorOf({ visitor }: FastifyRequest): AmocrmVisitor {
  if (!visitor) throw new ApiError(401, 'token-refused');
  return visitor;
}
