import { Type } from 'typebox';
import { AmocrmUser, Pipeline } from '../../proto/catalogue.ts';
import { nullable } from '../../proto/nullable.ts';
import { ApiError } from '../errors.ts';
import { ofAccount, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const CatalogueAnswer = Type.Object({
  users: Type.Array(AmocrmUser),
  /** null: never read yet. */
  pipelines: nullable(Type.Array(Pipeline)),
  /** null: amoCRM was never asked. */
  usersReadAtMs: nullable(Type.Integer()),
});

/** Who works in the account and which pipelines it has, as amoCRM said last; whoever changes settings may ask it anew. */
export function serveCatalogue(app: Api, { catalogues, accountActors }: ApiTools): void {
  const read = async (account: string) =>
    (await catalogues.read(account)) ?? { users: [], pipelines: null, usersReadAtMs: null };

  app.get(
    '/api/accounts/:account/catalogue',
    route('signed-in', 'readCatalogue', { params: ofAccount }, CatalogueAnswer),
    async (request) => {
      return read(request.params.account);
    },
  );

  app.post(
    '/api/accounts/:account/catalogue',
    route(['admin'], 'renewCatalogue', { params: ofAccount }, CatalogueAnswer),
    async (request) => {
      const { account } = request.params;
      const { failure } = await accountActors.readCatalogue(account);
      if (failure !== null) throw new ApiError(502, 'amocrm-silent', [failure]);
      return read(account);
    },
  );
}
