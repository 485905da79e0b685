import { Type } from 'typebox';
import { renewRoutingKey } from '../../activities/store/routing-keys.ts';
import { routingKeyOf } from '../../activities/store/secrets.ts';
import { nullable } from '../../proto/nullable.ts';
import { RoutingDecision, routingAnswer } from '../../proto/routing/decide.ts';
import { PbxRouting } from '../../proto/routing/settings.ts';
import { orWithoutKeys } from '../errors.ts';
import { demandLicensed } from '../licence/demand.ts';
import { ofPbx, ownPbx } from '../pbxs/own-pbx.ts';
import { route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import type { RoutingKnowledge } from './knowledge.ts';
import type { RoutingKeys } from './routing.ts';

const Access = Type.Object({
  /** Where the dialplan asks. */
  url: Type.String(),
  /** null: none was made yet. */
  key: nullable(Type.String()),
});
const Trial = strictObject({
  number: Type.String({ maxLength: 64 }),
  did: Type.String({ maxLength: 64 }),
  /** As edited; left out: as saved. */
  routing: Type.Optional(PbxRouting),
});
const TrialAnswer = Type.Object({
  ...RoutingDecision.properties,
  /** As the dialplan would get it. */
  answer: Type.String(),
});

/** What an administrator needs to let a PBX ask, and to see what it would be answered. */
export function serveRoutingSetUp(app: Api, tools: ApiTools, knowledge: RoutingKnowledge, keys: RoutingKeys): void {
  const { pbxs, secrets, publicUrl } = tools;
  const urlOf = (pbxId: string) => `${publicUrl}/routing/${pbxId}`;

  app.get(
    '/api/accounts/:account/pbxs/:pbx/routing',
    route(['admin'], 'readRoutingAccess', { params: ofPbx }, Access),
    async (request) => {
      const { id } = await ownPbx(request.params, { pbxs });
      const key = await orWithoutKeys(() => secrets.read(routingKeyOf(id)));
      return { url: urlOf(id), key: key ?? null };
    },
  );

  app.post(
    '/api/accounts/:account/pbxs/:pbx/routing/key',
    route(['admin'], 'renewRoutingKey', { params: ofPbx }, Access),
    async (request) => {
      const { id } = await ownPbx(request.params, { pbxs });
      const key = await orWithoutKeys(() => renewRoutingKey(secrets, id));
      keys.forget(id);
      return { url: urlOf(id), key };
    },
  );

  app.post(
    '/api/accounts/:account/pbxs/:pbx/routing/try',
    route(['admin'], 'tryRouting', { params: ofPbx, body: Trial }, TrialAnswer),
    async (request) => {
      const pbx = await ownPbx(request.params, { pbxs });
      await demandLicensed('route', tools, pbx.id);
      const { routing, ...question } = request.body;
      const decision = await knowledge.tryOut(pbx, question, routing);
      return { ...decision, answer: routingAnswer(decision) };
    },
  );
}
