import type { FastifyReply, FastifyRequest } from 'fastify';
import { isBeyond } from '../access/is-beyond.ts';
import { ApiError } from '../errors.ts';
import type { Api, ApiTools } from '../tools.ts';
import { createListening } from './listening.ts';

const dayMs = 86_400_000;
/** Whoever has pasted half an address may try again; nobody guesses one. */
const wrongTokens = { max: 30, timeWindow: 15 * 60_000 };

/**
 * Where the links lead that stand in amoCRM's cards: who has one may listen, without a cookie, from a page of the
 * account or by itself.
 */
export function serveRecordingLinks(app: Api, tools: ApiTools): void {
  const { recordingLinks, pbxs, accounts } = tools;
  const listen = createListening(tools);
  const limit = app.createRateLimit({ ...wrongTokens, keyGenerator: ({ ip }) => `recording-link:${ip}` });

  /** @throws ApiError */
  const linkOf = async (request: FastifyRequest) => {
    const link = await recordingLinks.find((request.params as { token: string }).token);
    if (!link && (await isBeyond(limit, request))) throw new ApiError(429, 'too-many-guesses');
    if (!link) throw new ApiError(404, 'recording-no-link');
    return link;
  };

  app.route({
    method: ['GET', 'HEAD'],
    url: '/recordings/:token',
    async handler(request: FastifyRequest, reply: FastifyReply) {
      reply.header('cross-origin-resource-policy', 'cross-origin').header('referrer-policy', 'no-referrer');
      reply.header('vary', 'origin').header('cache-control', 'no-store');
      const link = await linkOf(request);
      const accountId = (await pbxs.find(link.pbxId))?.accountId;
      if (accountId === undefined) throw new ApiError(404, 'recording-no-source');
      allowPagesOf((await accounts.find(accountId))?.baseUrl, reply);
      if (link.revokedAtMs !== null) throw new ApiError(410, 'recording-link-revoked');
      const { id: linkId, issuedAtMs, startedAtMs } = link;
      const isOfItsDay = issuedAtMs - startedAtMs < dayMs; // else it was given out long after the call
      return listen(request, reply, {
        ...{ recording: link, accountId, listener: { linkId, login: null } },
        ...{ issuedAtMs, readyAtMs: isOfItsDay ? issuedAtMs : startedAtMs },
      });
    },
  });
}

/** Scripts of the account's pages may read it too: a player that draws the sound does. */
function allowPagesOf(baseUrl: string | undefined, reply: FastifyReply): void {
  if (baseUrl === undefined) return;
  reply.header('access-control-allow-origin', new URL(baseUrl).origin);
  reply.header('access-control-expose-headers', 'accept-ranges, content-length, content-range');
}
