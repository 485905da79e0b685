import { Type } from 'typebox';
import { connectionLink } from '../../proto/amocrm-address.ts';
import { demandAccount } from '../access/access.ts';
import { ApiError } from '../errors.ts';
import { route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const params = strictObject({ account: Type.String({ minLength: 1, maxLength: 100 }) });

/** The way of an administrator to amoCRM's page of permission, also to connect an account again. */
export function serveConnection(app: Api, { accounts, permissions, publicUrl }: ApiTools): void {
  app.post(
    '/api/accounts/:account/amocrm/link',
    route(['admin'], 'makeConnectingLink', { params }, Type.Object({ link: Type.String() })),
    async (request) => {
      const { account: id } = request.params;
      demandAccount(request, id);
      const account = await accounts.find(id);
      if (!account) throw new ApiError(404, 'not-found');
      if (account.clientId === null) throw new ApiError(409, 'no-integration');
      return { link: connectionLink(publicUrl, id, await permissions.issue('link', id)) };
    },
  );
}
