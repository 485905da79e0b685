import type { FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import type { Server } from '../tools.ts';

const timeWindow = 15 * 60_000;

/** Who guesses passwords or links has to wait; counted in this process alone. */
export function createGuessLimits(app: Server) {
  const limit = (max: number, keyGenerator: (request: FastifyRequest) => string) =>
    app.createRateLimit({ max, timeWindow, keyGenerator });
  const loginOf = ({ body }: FastifyRequest) => String((body as { login: string }).login).toLowerCase();
  const signingIn = [
    limit(10, (request) => `sign-in:${request.ip}:${loginOf(request)}`),
    limit(100, (request) => `sign-in:${loginOf(request)}`),
    limit(60, ({ ip }) => `sign-in:${ip}`),
  ];
  const links = [limit(60, ({ ip }) => `password-link:${ip}`)];
  const allow = async (limits: typeof links, request: FastifyRequest): Promise<void> => {
    const counted = await Promise.all(limits.map((one) => one(request)));
    if (counted.some((one) => !one.isAllowed && one.isExceeded)) throw new ApiError(429, 'too-many-guesses');
  };
  return {
    /** @throws ApiError */
    allowSignIn: (request: FastifyRequest) => allow(signingIn, request),
    /** @throws ApiError */
    allowLink: (request: FastifyRequest) => allow(links, request),
  };
}
