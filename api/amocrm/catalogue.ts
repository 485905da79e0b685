import { Type } from 'typebox';
import { AmocrmUser, Pipeline } from '../../proto/catalogue.ts';
import { ApiError } from '../errors.ts';
import { route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const params = strictObject({ account: Type.String({ minLength: 1, maxLength: 100 }) });
const orNull = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const CatalogueAnswer = Type.Object({
  users: Type.Array(AmocrmUser),
  /** null: never read yet. */
  pipelines: orNull(Type.Array(Pipeline)),
  /** null: amoCRM was never asked. */
  usersReadAtMs: orNull(Type.Integer()),
});

/** Who works in the account and which pipelines it has, as amoCRM said last; whoever changes settings may ask it anew. */
export function serveCatalogue(app: Api, { catalogues, accountActors }: ApiTools): void {
  const read = async (account: string) =>
    (await catalogues.read(account)) ?? { users: [], pipelines: null, usersReadAtMs: null };

  app.get(
    '/api/accounts/:account/catalogue',
    route('signed-in', 'readCatalogue', { params }, CatalogueAnswer),
    async (request) => {
      return read(request.params.account);
    },
  );

  app.post(
    '/api/accounts/:account/catalogue',
    route(['admin'], 'renewCatalogue', { params }, CatalogueAnswer),
    async (request) => {
      const { account } = request.params;
      const { failure } = await accountActors.readCatalogue(account);
      if (failure !== null) throw new ApiError(502, 'amocrm-silent', [failure]);
      return read(account);
    },
  );
}
