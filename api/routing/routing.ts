import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { isSameKey } from '../../activities/store/routing-keys.ts';
import { routingKeyOf } from '../../activities/store/secrets.ts';
import { type RoutingQuestion, routingAnswer } from '../../proto/routing/decide.ts';
import { type KeptForAMoment, keptForAMoment } from '../../runtime/kept-for-a-moment.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import { isBeyond } from '../access/is-beyond.ts';
import { pbxId } from '../pbxs/own-pbx.ts';
import type { Api, ApiTools } from '../tools.ts';
import type { RoutingKnowledge } from './knowledge.ts';

const keyKept = { freshMs: 3_000, usableMs: 60_000 };
/** Somebody who has pasted an old key may call a few times before they see it. */
const wrongKeys = { max: 30, timeWindow: 15 * 60_000 };

/** Whatever else a dialplan sends is not looked at. */
const Question = Type.Object({
  number: Type.String({ maxLength: 64 }),
  did: Type.Optional(Type.String({ maxLength: 64 })),
});
const Claim = Type.Object({ key: Type.String({ minLength: 1, maxLength: 100 }) });

interface Verdict {
  status: 200 | 403 | 429;
  text: string;
}
const nothingToSay: Verdict = { status: 200, text: '' };

export type RoutingKeys = KeptForAMoment<string>;

export const createRoutingKeys = ({ secrets }: Pick<ApiTools, 'secrets'>): RoutingKeys =>
  keptForAMoment((id) => secrets.read(routingKeyOf(id)), keyKept);

/**
 * Where the dialplan of a PBX asks who is to get a call. It waits for us, and so does the caller: whatever goes wrong
 * here, the answer is empty and the PBX takes its default route.
 */
export function serveRouting(app: Api, tools: ApiTools, knowledge: RoutingKnowledge, keys: RoutingKeys): void {
  const limit = app.createRateLimit({ ...wrongKeys, keyGenerator: ({ ip }) => `routing-key:${ip}` });
  const trouble = sayOnce((message) => tools.logger.warn(message));

  /** Whoever has the key is never limited; of wrong ones only so many are compared with what holds now. */
  const verdictOnKey = async (id: string, claimed: string, request: FastifyRequest): Promise<Verdict | undefined> => {
    const kept = await keys.get(id);
    if (kept !== undefined && isSameKey(kept, claimed)) return undefined;
    if (await isBeyond(limit, request)) return { status: 429, text: '' };
    const key = await keys.getFresh(id); // another process may have renewed it
    return key !== undefined && isSameKey(key, claimed) ? undefined : { status: 403, text: '' };
  };

  const answer = async (request: FastifyRequest): Promise<Verdict> => {
    const { pbx: id } = request.params as { pbx: string };
    const { query } = request;
    if (!Value.Check(pbxId, id) || !Value.Check(Claim, query)) return { status: 403, text: '' };
    const refusal = await verdictOnKey(id, query.key, request);
    if (refusal) return refusal;
    if (!Value.Check(Question, query)) return nothingToSay;
    const decision = await knowledge.decide(id, asSent(query));
    return decision ? { status: 200, text: routingAnswer(decision) } : nothingToSay;
  };

  app.get('/routing/:pbx', async (request: FastifyRequest, reply: FastifyReply) => {
    const answered = await Promise.race([
      answer(request).catch((error: Error) => {
        trouble(`Who is to get a call can't be told (${error.message}): PBXs take their default route.`);
        return nothingToSay;
      }),
      sleep(tools.routingWithinMs, 'late' as const, { ref: false }),
    ]);
    if (answered === 'late') {
      trouble(`Who is to get a call was not known within ${tools.routingWithinMs} ms: PBXs take their default route.`);
    }
    const { status, text } = answered === 'late' ? nothingToSay : answered;
    return reply.status(status).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(text);
  });
}

/** A `+` that was not encoded comes as a space. */
function asSent({ number, did = '' }: { number: string; did?: string }): RoutingQuestion {
  const read = (text: string) => text.replace(/^ (?=\d)/, '+');
  return { number: read(number), did: read(did) };
}
