import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { longestDays } from '../../activities/store/sessions.ts';

/** By this a browser proves who is signed in. */
const name = 'ringflow_session';

/** @param isSecure whether browsers reach us by https alone */
export function setSessionCookie(reply: FastifyReply, token: string, isSecure: boolean, days = longestDays): void {
  const guards = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const;
  reply.header('set-cookie', stringifySetCookie({ name, value: token, ...guards, maxAge: days * 86_400 }));
}

export function clearSessionCookie(reply: FastifyReply, isSecure: boolean): void {
  setSessionCookie(reply, '', isSecure, 0);
}

export function readSessionCookie({ headers }: FastifyRequest): string | undefined {
  return parseCookie(headers.cookie ?? '')[name];
}
