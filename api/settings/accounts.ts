import { Type } from 'typebox';
import { maySeeAccount } from '../../proto/user.ts';
import { userOf } from '../access/access.ts';
import { route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const AccountDescription = Type.Object({
  id: Type.String(),
  baseUrl: Type.String(),
  state: Type.Enum(['pending', 'connected', 'reconnect-needed', 'disconnected']),
  /** Why, in words, with what to do; empty if all is well. */
  reason: Type.String(),
  /** By an integration, or by the long-lived token of the environment. */
  isConnectable: Type.Boolean(),
  pbxs: Type.Array(Type.Object({ id: Type.String(), timezone: Type.String() })),
});

/** The amoCRM accounts that this person may see, each with its PBXs. */
export function serveAccounts(app: Api, { accounts, pbxs }: ApiTools): void {
  app.get('/api/accounts', route('signed-in', 'listAccounts', {}, Type.Array(AccountDescription)), async (request) => {
    const user = userOf(request);
    const [all, allPbxs] = await Promise.all([accounts.list(), pbxs.list()]);
    return all
      .filter(({ id }) => maySeeAccount(user, id))
      .map(({ id, baseUrl, state, reason, clientId }) => ({
        ...{ id, baseUrl, state, reason },
        isConnectable: clientId !== null,
        pbxs: allPbxs
          .filter(({ accountId }) => accountId === id)
          .map((pbx) => ({ id: pbx.id, timezone: pbx.timezone })),
      }));
  });
}
