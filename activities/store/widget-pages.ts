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
/** A page shows a sign of life each time: a computer that sleeps keeps its connections, and nobody looks at it. */
const signEveryMs = 20_000;
/** One sign may get lost. */
const openForMs = 50_000;

export type WidgetPages = ReturnType<typeof createWidgetPages>;

/** The pages of amoCRM in which our widget is open. @param lifeMs how long a page is held to be open after a sign of life */
export function createWidgetPages(redis: Redis, lifeMs = openForMs) {
  const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
  const ticketName = (ticket: string) => `ringflow:widget:ticket:${hashOf(ticket)}`;
  const pageName = (pageId: string) => `ringflow:widget:page:${hashOf(pageId)}`;
  const openName = (accountId: string) => `ringflow:widget:open:${accountId}`;
  const member = (userId: number, pageId: string) => `${userId}:${hashOf(pageId)}`;
  const noteOpen = async ({ accountId, userId }: Whose, pageId: string): Promise<void> => {
    const name = openName(accountId);
    const nowMs = Date.now();
    await redis
      .multi()
      .zremrangebyscore(name, '-inf', nowMs - lifeMs)
      .zadd(name, nowMs, member(userId, pageId))
      .pexpire(name, lifeMs)
      .exec();
  };
  return {
    ticketLifeMs: ticketSeconds * 1000,
    signEveryMs,

    async issueTicket(ticketOf: Ticket): Promise<string> {
      const ticket = newSecret();
      await redis.set(ticketName(ticket), JSON.stringify(ticketOf), 'EX', ticketSeconds);
      return ticket;
    },

    /** Good once. @returns undefined if it is none, or not any more */
    async redeemTicket(ticket: string): Promise<Ticket | undefined> {
      const json = await redis.getdel(ticketName(ticket));
      return json === null ? undefined : readAs(Ticket, json);
    },

    /** @returns by what the page shows its signs of life: whoever knows it is this page */
    async open(whose: Ticket): Promise<string> {
      const pageId = newSecret();
      await redis.set(pageName(pageId), JSON.stringify(whose), 'PX', lifeMs);
      await noteOpen(whose, pageId);
      return pageId;
    },

    /** @returns false if it is not held to be open any more */
    async noteAlive(pageId: string): Promise<boolean> {
      const json = await redis.getex(pageName(pageId), 'PX', lifeMs);
      const whose = json === null ? undefined : readAs(Ticket, json);
      if (whose) await noteOpen(whose, pageId);
      return whose !== undefined;
    },

    isOpen: async (pageId: string): Promise<boolean> => (await redis.exists(pageName(pageId))) === 1,

    async noteClosed({ accountId, userId }: Whose, pageId: string): Promise<void> {
      await redis.multi().del(pageName(pageId)).zrem(openName(accountId), member(userId, pageId)).exec();
    },

    /** Who of them has a page open. */
    async whoIsThere(accountId: string): Promise<Set<number>> {
      const members = await redis.zrangebyscore(openName(accountId), Date.now() - lifeMs, '+inf');
      return new Set(members.map((text) => Number(text.split(':', 1)[0])));
    },
  };
}

const newSecret = (): string => randomBytes(24).toString('base64url');
