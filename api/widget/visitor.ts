import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import type { ApiTools } from '../tools.ts';
import { type AmocrmVisitor, createIntegrationOf, readWidgetToken } from './token.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is at the screen in amoCRM. */
    visitor: AmocrmVisitor | null;
  }
}

/** All routes of this scope are for whoever amoCRM has signed a token for, on a page of their own account. */
export function guardVisitors(scope: FastifyInstance, { accounts, secrets, ownWidget }: ApiTools): void {
  const integrationOf = createIntegrationOf(secrets, ownWidget);
  scope.decorateRequest('visitor', null);
  scope.addHook('onRequest', async (request) => {
    const visitor = await readWidgetToken(request.headers['x-auth-token'], accounts, integrationOf);
    const { origin } = request.headers;
    if (origin !== undefined && origin !== visitor.account.baseUrl) throw new ApiError(403, 'foreign-page');
    request.visitor = visitor;
  });
}

/** Of a route that is guarded so. */
export function visitorOf({ visitor }: FastifyRequest): AmocrmVisitor {
  if (!visitor) throw new ApiError(401, 'token-refused');
  return visitor;
}
