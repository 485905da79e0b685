import { Type } from 'typebox';
import { id, route, strictObject } from '../route.ts';
import { HistoryRow, readHistory } from '../sales/history.ts';
import { Overview, readOverview } from '../sales/overview.ts';
import { listPlans, Plan } from '../sales/plans.ts';
import type { Server, Tools } from '../tools.ts';
import { byOf, everybody } from './by.ts';

const HistoryQuery = strictObject({
  customerId: Type.Optional(id),
  purchaseId: Type.Optional(id),
  before: Type.Optional(Type.Integer({ minimum: 1 })),
});

/** What there is to be looked at: how things stand, what is sold, what was done. */
export function serveOverview(app: Server, tools: Tools): void {
  app.get('/api/overview', route(everybody, 'readOverview', {}, Overview), (request) =>
    readOverview(tools.pool, tools, byOf(request)),
  );

  app.get('/api/plans', route(everybody, 'listPlans', {}, Type.Array(Plan)), () => listPlans(tools.pool));

  app.get(
    '/api/history',
    route(everybody, 'readHistory', { querystring: HistoryQuery }, Type.Array(HistoryRow)),
    (request) => readHistory(tools.pool, byOf(request), request.query),
  );
}
