import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { longestDays } from '../store/sessions.ts';

/** By this a browser proves who is signed in; the prefix keeps others of the domain from setting it. */
const name = '__Host-ringflow_licensing';

export function setSessionCookie(reply: FastifyReply, token: string, days = longestDays): void {
  const guards = { path: '/', httpOnly: true, sameSite: 'strict', secure: true } as const;
  reply.header('set-cookie', stringifySetCookie({ name, value: token, ...guards, maxAge: days * 86_400 }));
}

export function clearSessionCookie(reply: FastifyReply): void {
  setSessionCookie(reply, '', 0);
}

export function readSessionCookie({ headers }: FastifyRequest): string | undefined {
  return parseCookie(headers.cookie ?? '')[name];
}
