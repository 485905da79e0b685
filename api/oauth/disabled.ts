import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { clientSecretOf } from '../../activities/store/secrets.ts';
import { ApiError } from '../errors.ts';
import type { ApiTools } from '../tools.ts';

const Id = Type.String({ minLength: 1, maxLength: 100 });

/** Two names of the integration's id are seen (contract 2.6). */
const Query = Type.Object({
  account_id: Type.String({ pattern: '^[1-9]\\d{0,15}$' }),
  client_uuid: Type.Optional(Id),
  client_id: Type.Optional(Id),
  signature: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
});

/** amoCRM says that somebody has switched the integration off there (contract 2.6). */
export function serveDisabled(app: FastifyInstance, { accounts, secrets, tokenActors }: ApiTools): void {
  app.get<{ Querystring: Static<typeof Query> }>(
    '/oauth/amocrm/disabled',
    { schema: { querystring: Query } },
    async (request, reply) => {
      const { account_id: amocrmId, client_uuid, client_id, signature } = request.query;
      const account = await accounts.findByAmocrmId(Number(amocrmId));
      const clientSecret = account && (await secrets.read(clientSecretOf(account.id)));
      const clientId = client_uuid ?? client_id;
      const isOurs = account !== undefined && clientSecret !== undefined && account.clientId === clientId;
      if (!isOurs || !isSigned(`${clientId}|${amocrmId}`, clientSecret, signature)) {
        throw new ApiError(403, 'wrong-signature');
      }
      await tokenActors.disconnected(account.id);
      return reply.send({});
    },
  );
}

function isSigned(message: string, clientSecret: string, signature: string): boolean {
  const expected = createHmac('sha256', clientSecret).update(message).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}
