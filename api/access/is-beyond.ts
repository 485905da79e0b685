import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What `createRateLimit` gives. */
export type Limit = ReturnType<FastifyInstance['createRateLimit']>;

/** Counts the request. @returns whether there were too many */
export async function isBeyond(limit: Limit, request: FastifyRequest): Promise<boolean> {
  const counted = await limit(request);
  return !counted.isAllowed && counted.isExceeded;
}
