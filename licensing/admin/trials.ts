import { Type } from 'typebox';
import { id, ofId, route, strictObject } from '../route.ts';
import { Until } from '../sales/sell.ts';
import { extendTrial, listTrials, reserveTrial, Trial } from '../sales/trials.ts';
import type { Server, Tools } from '../tools.ts';
import { byOf, everybody, ownPeople } from './by.ts';
import { Page, paged, Search } from './customers.ts';

const Reservation = strictObject({
  account: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  customerId: id,
});

export function serveTrials(app: Server, tools: Tools): void {
  app.get(
    '/api/trials',
    route(
      everybody,
      'listTrials',
      { querystring: strictObject({ search: Search, page: Page }) },
      Type.Object({ trials: Type.Array(Trial), ...paged }),
    ),
    (request) => listTrials(tools.pool, byOf(request), request.query),
  );

  app.post('/api/trials', route(everybody, 'reserveTrial', { body: Reservation }, Trial), (request) =>
    reserveTrial(tools, byOf(request), request.body.account, request.body.customerId),
  );

  app.post(
    '/api/trials/:id/extend',
    route(ownPeople, 'extendTrial', { params: ofId, body: strictObject({ untilMs: Until }) }, Trial),
    (request) => extendTrial(tools, byOf(request), request.params.id, request.body.untilMs),
  );
}
