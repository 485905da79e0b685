import { Type } from 'typebox';
import { SignedPermit } from '../../proto/licence/permit.ts';
import { SignedRequest } from '../../proto/licence/wire.ts';
import { ofId, route, strictObject } from '../route.ts';
import { movePurchase, releasePurchase } from '../sales/move.ts';
import { offlinePermit } from '../sales/offline.ts';
import { Purchase, RefusedAttempt, readPurchase, refusedAttempts } from '../sales/purchase.ts';
import {
  awaitInvoice,
  changeTerms,
  correctEnd,
  extend,
  giveBack,
  replaceKey,
  revoke,
  Terms,
  Until,
} from '../sales/sell.ts';
import type { Server, Tools } from '../tools.ts';
import { languageOf } from '../words.ts';
import { admins, byOf, everybody, ownPeople } from './by.ts';
import { SoldPurchase } from './customers.ts';

const untilBody = strictObject({ untilMs: Until });

/** What is done with one purchase. */
export function servePurchases(app: Server, tools: Tools): void {
  app.get(
    '/api/purchases/:id',
    route(
      everybody,
      'readPurchase',
      { params: ofId },
      Type.Object({ purchase: Purchase, refusedAttempts: Type.Array(RefusedAttempt) }),
    ),
    async (request) => {
      const purchase = await readPurchase(tools.pool, tools, byOf(request), request.params.id);
      return { purchase, refusedAttempts: await refusedAttempts(tools.pool, purchase.id) };
    },
  );

  app.put(
    '/api/purchases/:id/terms',
    route(everybody, 'changeTerms', { params: ofId, body: Terms }, Purchase),
    (request) => changeTerms(tools, byOf(request), request.params.id, request.body),
  );

  app.post(
    '/api/purchases/:id/extend',
    route(everybody, 'extendPurchase', { params: ofId, body: untilBody }, Purchase),
    (request) => extend(tools, byOf(request), request.params.id, request.body.untilMs),
  );

  app.post(
    '/api/purchases/:id/correct-end',
    route(
      ownPeople,
      'correctEnd',
      {
        params: ofId,
        body: strictObject({ untilMs: Until, reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) }),
      },
      Purchase,
    ),
    (request) => correctEnd(tools, byOf(request), request.params.id, request.body.untilMs, request.body.reason),
  );

  app.post(
    '/api/purchases/:id/invoice-pending',
    route(everybody, 'awaitInvoice', { params: ofId, body: untilBody }, Purchase),
    (request) => awaitInvoice(tools, byOf(request), request.params.id, request.body.untilMs),
  );

  app.post(
    '/api/purchases/:id/revoke',
    route(
      admins,
      'revokePurchase',
      { params: ofId, body: strictObject({ reason: Type.String({ maxLength: 500 }) }) },
      Purchase,
    ),
    (request) => revoke(tools, byOf(request), request.params.id, request.body.reason),
  );

  app.post('/api/purchases/:id/give-back', route(admins, 'giveBackPurchase', { params: ofId }, Purchase), (request) =>
    giveBack(tools, byOf(request), request.params.id),
  );

  app.post('/api/purchases/:id/key', route(everybody, 'replaceKey', { params: ofId }, SoldPurchase), (request) =>
    replaceKey(tools, byOf(request), request.params.id),
  );

  app.post(
    '/api/purchases/:id/move',
    route(
      everybody,
      'movePurchase',
      { params: ofId, body: strictObject({ thumbprint: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) }) },
      Purchase,
    ),
    (request) => movePurchase(tools, byOf(request), request.params.id, request.body.thumbprint),
  );

  app.post('/api/purchases/:id/release', route(everybody, 'releasePurchase', { params: ofId }, Purchase), (request) =>
    releasePurchase(tools, byOf(request), request.params.id),
  );

  app.post(
    '/api/offline-permits',
    route(everybody, 'issueOfflinePermit', { body: SignedRequest }, SignedPermit),
    (request) => {
      const language = languageOf(request.headers['accept-language']);
      return offlinePermit(tools, byOf(request), request.body.request, language);
    },
  );
}
