import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { permissionUrl } from '../../proto/amocrm-address.ts';
import { ApiError } from '../errors.ts';
import type { ApiTools } from '../tools.ts';

const Query = Type.Object({
  account: Type.String({ minLength: 1, maxLength: 100 }),
  /** Of the link that `bin/ringflow account connect` prints, and the page amoCRM opens. */
  key: Type.String({ minLength: 1, maxLength: 100 }),
});

/** From such a link to the page where amoCRM asks for permission (contract 2.1). */
export function serveStart(app: FastifyInstance, { accounts, permissions }: ApiTools): void {
  app.get<{ Querystring: Static<typeof Query> }>(
    '/oauth/amocrm/start',
    { schema: { querystring: Query } },
    async (request, reply) => {
      const { account: accountId, key } = request.query;
      const pass = await permissions.redeem('link', key);
      if (pass?.accountId !== accountId) throw new ApiError(403, 'link-expired');
      const account = await accounts.find(accountId);
      if (account?.clientId == null) throw new ApiError(409, 'no-integration');
      const url = new URL(permissionUrl(account.baseUrl));
      url.searchParams.set('client_id', account.clientId);
      url.searchParams.set('state', await permissions.issue('state', pass));
      return reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').redirect(url.href);
    },
  );
}
