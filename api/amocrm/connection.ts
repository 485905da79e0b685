import { Type } from 'typebox';
import { SecretKeyError } from '../../activities/store/key-ring.ts';
import { budgetKeyOf } from '../../activities/store/pauses.ts';
import { readTokenPair, refreshAtMs } from '../../activities/store/token-pair.ts';
import { nullable } from '../../proto/nullable.ts';
import { forms } from '../../runtime/configuration/environment.ts';
import {
  acceptAccount,
  accountAddress,
  addAccount,
  connectingLink,
  disconnectAccount,
  redirectUriAt,
} from '../../runtime/connect-account.ts';
import { ApiError, orWithoutKeys } from '../errors.ts';
import { accountId, nothing, ofAccount, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const integrationFields = {
  clientId: Type.String({ minLength: 1, pattern: forms.clientId.pattern }),
  /** Goes into our database, encrypted, and never out of it. */
  clientSecret: Type.String({ minLength: 1, maxLength: 500, pattern: forms.clientSecret.pattern }),
};
const ConnectionAnswer = Type.Object({
  baseUrl: Type.String(),
  state: Type.Enum(['pending', 'connected', 'reconnect-needed', 'disconnected']),
  /** In words, why it is in that state; empty if all is well. */
  reason: Type.String(),
  /** Since when it is in that state. */
  sinceMs: Type.Integer(),
  /** amoCRM has given tokens: what is pending is only to be accepted. */
  isAllowed: Type.Boolean(),
  /** When they are renewed next; null: there is nothing to renew. */
  refreshAtMs: nullable(Type.Integer()),
  /** Nobody sends until then. */
  pause: nullable(Type.Object({ code: Type.String(), reason: Type.String(), untilMs: Type.Integer() })),
  /** Who says by what right amoCRM is asked: the environment, or an administrator here; `none`: nobody yet. */
  access: Type.Enum(['token-of-environment', 'integration-of-environment', 'integration', 'none']),
  clientId: nullable(Type.String()),
  /** Of this installation, as it has to stand in the integration. */
  redirectUri: Type.String(),
});
type ConnectionAnswer = Type.Static<typeof ConnectionAnswer>;
const PermissionAnswer = Type.Object({
  result: Type.Enum(['connected', 'pending', 'refused', 'waiting']),
  /** Of a refusal, why. */
  words: Type.String(),
});

/** How an account is connected to amoCRM, and what an administrator may do about it. */
export function serveConnection(app: Api, tools: ApiTools): void {
  const { accounts, secrets, permissions, pauses, tokenActors, publicUrl, seed, ownAccess } = tools;
  const redirectUri = redirectUriAt(publicUrl);
  const find = async (id: string) => {
    const account = await accounts.find(id);
    if (!account) throw new ApiError(404, 'not-found');
    return account;
  };
  /** The environment says it again whenever a process starts. */
  const demandOwnHands = (id: string) => {
    if (id === seed.accountId && ownAccess !== undefined) throw new ApiError(409, 'account-of-environment');
  };
  const accessOf = (id: string, clientId: string | null): ConnectionAnswer['access'] => {
    if (id === seed.accountId && ownAccess !== undefined) return `${ownAccess}-of-environment`;
    return clientId === null ? 'none' : 'integration';
  };

  app.get(
    '/api/accounts/:account/amocrm',
    route('signed-in', 'readConnection', { params: ofAccount }, ConnectionAnswer),
    async (request) => {
      const account = await find(request.params.account);
      const { id, baseUrl, state, reason, clientId, inStateMs } = account;
      const pair = clientId === null ? undefined : await readTokenPair(secrets, id).catch(unlessLocked);
      return {
        ...{ baseUrl, state, reason, clientId, redirectUri, access: accessOf(id, clientId) },
        sinceMs: Math.round(Date.now() - inStateMs),
        isAllowed: pair !== undefined,
        refreshAtMs: pair && state !== 'reconnect-needed' ? Math.round(refreshAtMs(pair)) : null,
        pause: (await pauses.standing(budgetKeyOf(account))) ?? null,
      };
    },
  );

  app.put(
    '/api/accounts/:account/amocrm/integration',
    route(['admin'], 'setIntegration', { params: ofAccount, body: strictObject(integrationFields) }, nothing),
    async (request, reply) => {
      const { account: id } = request.params;
      const { baseUrl } = await find(id);
      demandOwnHands(id);
      await orWithoutKeys(() => addAccount(baseUrl, { ...request.body, redirectUri }, accounts, secrets));
      await tokenActors.look(id);
      return reply.status(204).send(null);
    },
  );

  /** A link that serves once: whoever opens it is asked by amoCRM, and comes back to the page. */
  app.post(
    '/api/accounts/:account/amocrm/link',
    route(['admin'], 'makeConnectingLink', { params: ofAccount }, Type.Object({ link: Type.String() })),
    async (request) => {
      const { account: id } = request.params;
      if ((await find(id)).clientId === null) throw new ApiError(409, 'no-integration');
      return { link: await connectingLink(publicUrl, permissions, id, 'page') };
    },
  );

  app.get(
    '/api/accounts/:account/amocrm/permissions/:permission',
    route(
      'signed-in',
      'readPermission',
      { params: strictObject({ account: accountId, permission: Type.String({ minLength: 1, maxLength: 40 }) }) },
      PermissionAnswer,
    ),
    async (request) => {
      return (await permissions.outcome(request.params.permission)) ?? { result: 'waiting' as const, words: '' };
    },
  );

  /** What was installed from the widget may be used from now on. */
  app.post(
    '/api/accounts/:account/amocrm/accept',
    route(['admin'], 'acceptAccount', { params: ofAccount }, nothing),
    async (request, reply) => {
      const { account: id } = request.params;
      await find(id);
      const isAccepted = await orWithoutKeys(() => acceptAccount(id, accounts, secrets));
      if (!isAccepted) throw new ApiError(409, 'nothing-to-accept');
      await tokenActors.look(id);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/accounts/:account/amocrm/disconnect',
    route(['admin'], 'disconnectAccount', { params: ofAccount }, nothing),
    async (request, reply) => {
      const { account: id } = request.params;
      if ((await find(id)).clientId === null) throw new ApiError(409, 'no-integration');
      await disconnectAccount(id, accounts, secrets);
      await tokenActors.look(id);
      return reply.status(204).send(null);
    },
  );

  /** Ends a pause. */
  app.post(
    '/api/accounts/:account/amocrm/resume',
    route(['admin'], 'resumeRequests', { params: ofAccount }, nothing),
    async (request, reply) => {
      await pauses.end(budgetKeyOf(await find(request.params.account)));
      return reply.status(204).send(null);
    },
  );

  /** What has to stand in the integration of an account that is not here yet. */
  app.get(
    '/api/redirect-uri',
    route(['admin'], 'readRedirectUri', {}, Type.Object({ redirectUri: Type.String() })),
    async () => ({ redirectUri }),
  );

  app.post(
    '/api/accounts',
    route(
      ['admin'],
      'addAccount',
      { body: strictObject({ address: Type.String({ minLength: 1, maxLength: 500 }), ...integrationFields }) },
      Type.Object({ id: Type.String() }),
    ),
    async (request) => {
      const { address, ...integration } = request.body;
      const baseUrl = accountAddress(address.trim());
      if (baseUrl === undefined) throw new ApiError(400, 'wrong-account-url');
      const known = await accounts.find(await accounts.idAt(baseUrl));
      if (known) throw new ApiError(409, 'account-taken', [known.id]);
      return { id: await orWithoutKeys(() => addAccount(baseUrl, { ...integration, redirectUri }, accounts, secrets)) };
    },
  );
}

/** Without its key nobody knows whether there are tokens. */
function unlessLocked(error: unknown): undefined {
  if (!(error instanceof SecretKeyError)) throw error;
}
