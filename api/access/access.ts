import type { FastifyReply, FastifyRequest } from 'fastify';
import { maySeeAccount, type Role, type User } from '../../proto/user.ts';
import { ApiError } from '../errors.ts';
import type { Api, ApiTools } from '../tools.ts';
import { readSessionCookie } from './cookie.ts';

/** Who may use a route: anybody, whoever is signed in, or one of these roles. */
export type Access = 'anybody' | 'signed-in' | readonly Role[];

interface SignedIn {
  user: User;
  sessionId: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Pages of this origin may ask as well as our own; undefined: nobody else's. */
    pagesOf?: string | undefined;
  }
  interface FastifyRequest {
    signedIn: SignedIn | null;
  }
}

const privatePath = '/api/';

/**
 * Guards what lies under /api/: a route that does not say who may use it is a mistake that ends the process at start.
 * Only our own pages may change anything. An account (`:account` in the route) that is not theirs is as if there were none.
 */
export function guardAccess(app: Api, { sessions, users, accounts, publicUrl }: ApiTools): void {
  const { origin } = new URL(publicUrl);
  app.decorateRequest('signedIn', null);
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith(privatePath) && config?.access === undefined) throw new Error(`Who may use ${url}?`);
  });
  app.addHook('onRequest', async (request) => {
    const { access, pagesOf } = request.routeOptions.config;
    if (access === undefined) return;
    if (pagesOf === undefined || request.headers.origin !== pagesOf) refuseForeignPages(request, origin);
    request.signedIn = await findSignedIn(request, { sessions, users });
    const user = request.signedIn?.user;
    if (access === 'anybody') return;
    if (!user) throw new ApiError(401, 'sign-in-needed');
    const { account } = request.params as { account?: string };
    if (account !== undefined && !maySeeAccount(user, account)) throw new ApiError(404, 'not-found');
    if (access !== 'signed-in' && !access.includes(user.role)) throw new ApiError(403, 'not-allowed');
    if (account !== undefined && !(await accounts.find(account))) throw new ApiError(404, 'not-found');
  });
  app.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    const isPrivate = request.routeOptions.config.access !== undefined;
    if (isPrivate && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

/** Who it is that asks, as of now; null: nobody. */
export async function findSignedIn(
  request: FastifyRequest,
  { sessions, users }: Pick<ApiTools, 'sessions' | 'users'>,
): Promise<SignedIn | null> {
  const token = readSessionCookie(request);
  const session = token === undefined ? undefined : await sessions.find(token);
  const user = session && (await users.find(session.userId));
  return user && session ? { user, sessionId: session.id } : null;
}

/** A page of others must not act with our user's cookie. All browsers of today tell where a request comes from. */
export function refuseForeignPages(
  { method, headers }: Pick<FastifyRequest, 'method' | 'headers'>,
  origin: string,
): void {
  if (method === 'GET' || method === 'HEAD') return;
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined ? (headers.origin ?? origin) === origin : site === 'same-origin';
  if (!isOwn) throw new ApiError(403, 'foreign-page');
}

/** Of a route that is not for anybody. */
export function userOf({ signedIn }: FastifyRequest): User {
  if (!signedIn) throw new ApiError(401, 'sign-in-needed');
  return signedIn.user;
}
