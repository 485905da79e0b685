import { Type } from 'typebox';
import type { ClickInput, ClickReason, ClickState } from '../../workflows/click-to-call/contract.ts';
import { ApiError } from '../errors.ts';
import { strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { demandConnected, visitorOf } from './visitor.ts';

const body = strictObject({
  /** Made by the widget for each click: whoever sends it again asks for the same call. */
  requestId: Type.String({ pattern: '^[0-9a-fA-F-]{8,64}$' }),
  /** As it stands in amoCRM. */
  number: Type.String({ minLength: 1, maxLength: 200 }),
});

const Answer = Type.Object({ requestId: Type.String(), state: Type.String() });

/** What is told by another status than that the request can't be served. */
const statusOf: Partial<Record<ClickReason, number>> = {
  'too-many-calls': 429,
  'switched-off': 403,
  'feature-off': 403,
  'no-seat': 403,
};
const ofNumber: readonly ClickReason[] = ['not-a-number', 'country-not-allowed', 'premium-number', 'refused-prefix'];

/** A click on a number. */
export function serveClicks(app: Api, { clicks, usedTokens, clickActors, settingsStore }: ApiTools): void {
  const useToken = async (visitor: ReturnType<typeof visitorOf>, requestId: string): Promise<void> => {
    const { account, jti, expiresAtMs } = visitor;
    const first = await usedTokens.use({ accountId: account.id, jti, expiresAtMs }, requestId);
    if (first === requestId) return;
    const calling = (await settingsStore.latest(account.id))?.settings.calling;
    if (!calling?.tokensMayRepeat) throw new ApiError(409, 'token-used');
  };

  /** What another window has begun is joined as long as it is not over. */
  const requestOf = async (click: ClickInput): Promise<string> => {
    const standing = await clicks.soleRequest(click);
    if (standing === click.requestId) return standing;
    if (await clickActors.isUnderWay({ ...click, requestId: standing })) return standing;
    await clicks.endRequest(click, standing);
    return clicks.soleRequest(click);
  };

  app.post('/calls', { schema: { body, response: { 202: Answer } } }, async (request, reply) => {
    const visitor = visitorOf(request);
    demandConnected(visitor);
    await useToken(visitor, request.body.requestId);
    const click = { accountId: visitor.account.id, userId: visitor.userId, ...request.body };
    const requestId = await requestOf(click);
    const state = await clickActors.begin({ ...click, requestId });
    if (state.phase === 'failed') throw refusalOf(state);
    return reply.status(202).send({ requestId, state: state.phase });
  });
}

function refusalOf({ reason = 'lost', detail }: ClickState): ApiError {
  const status = statusOf[reason] ?? (ofNumber.includes(reason) ? 422 : 409);
  return new ApiError(status, reason, detail === undefined ? undefined : [detail]);
}
