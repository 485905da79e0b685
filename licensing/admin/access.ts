import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import type { Role, User } from '../store/users.ts';
import type { Server, Tools } from '../tools.ts';
import { readSessionCookie } from './cookie.ts';

/** Who may use a route: anybody, whoever is signed in, or one of these roles. */
export type Access = 'anybody' | 'signed-in' | readonly Role[];

interface SignedIn {
  user: User;
  sessionId: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    staffAccess?: Access;
  }
  interface FastifyRequest {
    staff: SignedIn | null;
  }
}

const privatePath = '/api/';

/**
 * Guards what lies under /api/: a route that does not say who may use it is a mistake that ends the process at start.
 * Only our own pages may change anything.
 */
export function guardAccess(app: Server, { sessions, users, publicUrl }: Tools): void {
  const { origin } = new URL(publicUrl);
  app.decorateRequest('staff', null);
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith(privatePath) && config?.staffAccess === undefined) throw new Error(`Who may use ${url}?`);
  });
  app.addHook('onRequest', async (request) => {
    const { staffAccess: access } = request.routeOptions.config;
    if (access === undefined) return;
    refuseForeignPages(request, origin);
    request.staff = await findSignedIn(request, { sessions, users });
    const user = request.staff?.user;
    if (access === 'anybody') return;
    if (!user) throw new ApiError(401, 'sign-in-needed');
    if (access !== 'signed-in' && !access.includes(user.role)) throw new ApiError(403, 'not-allowed');
  });
  app.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    const isPrivate = request.routeOptions.config.staffAccess !== undefined;
    if (isPrivate && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

/** Who it is that asks, as of now; null: nobody. */
async function findSignedIn(
  request: FastifyRequest,
  { sessions, users }: Pick<Tools, 'sessions' | 'users'>,
): Promise<SignedIn | null> {
  const token = readSessionCookie(request);
  const session = token === undefined ? undefined : await sessions.find(token);
  const user = session && (await users.find(session.userId));
  return user && session ? { user, sessionId: session.id } : null;
}

/** A page of others must not act with our user's cookie. All browsers of today tell where a request comes from. */
function refuseForeignPages({ method, headers }: FastifyRequest, origin: string): void {
  if (method === 'GET' || method === 'HEAD') return;
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined ? (headers.origin ?? origin) === origin : site === 'same-origin';
  if (!isOwn) throw new ApiError(403, 'foreign-page');
}

/** Of a route that is not for anybody. */
export function userOf({ staff }: FastifyRequest): User {
  if (!staff) throw new ApiError(401, 'sign-in-needed');
  return staff.user;
}

/** As the history names who does something. */
export const actorOf = (request: FastifyRequest): string => `user:${userOf(request).login}`;

/** Whose customers somebody sees; null: all. */
export function partnerOf(request: FastifyRequest): number | null {
  const { role, partnerId } = userOf(request);
  if (role !== 'partner') return null;
  return partnerId ?? 0; // of no partner: nobody's
}
