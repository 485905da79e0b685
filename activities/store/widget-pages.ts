import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Type } from 'typebox';
import { WidgetLanguage } from '../../proto/widget.ts';
import { readAs } from './read-as.ts';

/** Whose stream of events a page of amoCRM may open, and in which language it tells. */
const Ticket = Type.Object({ accountId: Type.String(), userId: Type.Integer(), language: WidgetLanguage });
export type Ticket = Type.Static<typeof Ticket>;
type Whose = Pick<Ticket, 'accountId' | 'userId'>;

const ticketSeconds = 60;
/** A page is said to be open again and again; one whose process has died is not for long. */
const openForMs = 25_000;

export type WidgetPages = ReturnType<typeof createWidgetPages>;

/** The pages of amoCRM in which our widget is open. */
export function createWidgetPages(redis: Redis) {
  const ticketName = (ticket: string) =>
    `ringflow:widget:ticket:${createHash('sha256').update(ticket).digest('base64url')}`;
  const openName = (accountId: string) => `ringflow:widget:open:${accountId}`;
  const member = (userId: number, pageId: string) => `${userId}:${pageId}`;
  return {
    ticketLifeMs: ticketSeconds * 1000,

    async issueTicket(ticketOf: Ticket): Promise<string> {
      const ticket = randomBytes(24).toString('base64url');
      await redis.set(ticketName(ticket), JSON.stringify(ticketOf), 'EX', ticketSeconds);
      return ticket;
    },

    /** Good once. @returns undefined if it is none, or not any more */
    async redeemTicket(ticket: string): Promise<Ticket | undefined> {
      const json = await redis.getdel(ticketName(ticket));
      return json === null ? undefined : readAs(Ticket, json);
    },

    async noteOpen({ accountId, userId }: Whose, pageId: string): Promise<void> {
      const name = openName(accountId);
      const nowMs = Date.now();
      await redis
        .multi()
        .zremrangebyscore(name, '-inf', nowMs - openForMs)
        .zadd(name, nowMs, member(userId, pageId))
        .pexpire(name, openForMs)
        .exec();
    },

    async noteClosed({ accountId, userId }: Whose, pageId: string): Promise<void> {
      await redis.zrem(openName(accountId), member(userId, pageId));
    },

    /** Who of them has a page open. */
    async whoIsThere(accountId: string): Promise<Set<number>> {
      const members = await redis.zrangebyscore(openName(accountId), Date.now() - openForMs, '+inf');
      return new Set(members.map((text) => Number(text.split(':', 1)[0])));
    },
  };
}
