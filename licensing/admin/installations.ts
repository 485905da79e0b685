import { Type } from 'typebox';
import { route, strictObject } from '../route.ts';
import { ForeignKey, listForeignKeys, listInstallations, SeenInstallation } from '../sales/installations.ts';
import type { Server, Tools } from '../tools.ts';
import { byOf, everybody } from './by.ts';
import { Page, paged, Search } from './customers.ts';

const Query = strictObject({
  search: Search,
  page: Page,
  silentHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** Which machines were heard of, and who came with a key of another. */
export function serveInstallations(app: Server, { pool, nowMs }: Tools): void {
  app.get(
    '/api/installations',
    route(
      everybody,
      'listInstallations',
      { querystring: Query },
      Type.Object({ installations: Type.Array(SeenInstallation), ...paged }),
    ),
    (request) => listInstallations(pool, byOf(request), request.query, nowMs()),
  );

  app.get('/api/foreign-keys', route(everybody, 'listForeignKeys', {}, Type.Array(ForeignKey)), (request) =>
    listForeignKeys(pool, byOf(request)),
  );
}
