import { Type } from 'typebox';
import { ofId, route, strictObject } from '../route.ts';
import {
  addCustomer,
  Customer,
  CustomerDescription,
  changeCustomer,
  listCustomers,
  readCustomer,
} from '../sales/customers.ts';
import { findPurchases, Purchase } from '../sales/purchase.ts';
import { Sale, sell } from '../sales/sell.ts';
import { findTrials, Trial } from '../sales/trials.ts';
import type { Server, Tools } from '../tools.ts';
import { byOf, everybody } from './by.ts';

export const Search = Type.Optional(Type.String({ maxLength: 200 }));
export const Page = Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 }));
export const paged = { total: Type.Integer(), pageSize: Type.Integer() };

/** With the key, which is told this once. */
export const SoldPurchase = Type.Object({ purchase: Purchase, key: Type.String() });

export function serveCustomers(app: Server, tools: Tools): void {
  const { pool } = tools;

  app.get(
    '/api/customers',
    route(
      everybody,
      'listCustomers',
      { querystring: strictObject({ search: Search, page: Page }) },
      Type.Object({ customers: Type.Array(Customer), ...paged }),
    ),
    (request) => listCustomers(pool, byOf(request), request.query),
  );

  app.post('/api/customers', route(everybody, 'addCustomer', { body: CustomerDescription }, Customer), (request) =>
    addCustomer(tools, byOf(request), request.body),
  );

  app.get(
    '/api/customers/:id',
    route(
      everybody,
      'readCustomer',
      { params: ofId },
      Type.Object({ customer: Customer, purchases: Type.Array(Purchase), trials: Type.Array(Trial) }),
    ),
    async (request) => {
      const [by, { id: customerId }] = [byOf(request), request.params];
      const customer = await readCustomer(pool, by, customerId);
      const [purchases, trials] = await Promise.all([
        findPurchases(pool, tools, by, 'p.customer_id = ?', [customerId]),
        findTrials(pool, by, 't.customer_id = ?', [customerId]),
      ]);
      return { customer, purchases, trials };
    },
  );

  app.put(
    '/api/customers/:id',
    route(everybody, 'changeCustomer', { params: ofId, body: CustomerDescription }, Customer),
    (request) => changeCustomer(tools, byOf(request), request.params.id, request.body),
  );

  app.post(
    '/api/customers/:id/purchases',
    route(everybody, 'sell', { params: ofId, body: Sale }, SoldPurchase),
    (request) => sell(tools, byOf(request), request.params.id, request.body),
  );
}
