import type { Redis } from 'ioredis';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { nullable } from '../../proto/nullable.ts';
import { readAs } from './read-as.ts';

/** Where it is told who is to see a card. */
export const widgetCardsChannel = 'ringflow:widget:cards';
/** Longer than calls last. */
const rememberedSeconds = 12 * 3_600;

const CardClient = Type.Object({
  entityType: Type.Enum(['contacts', 'companies']),
  entityId: Type.Integer(),
  name: Type.String(),
  responsibleUserId: nullable(Type.Integer()),
  openLeadIds: nullable(Type.Array(Type.Integer())),
});
export type CardClient = Static<typeof CardClient>;

/** Who sees a card of a call in our widget, and what stands on it beside the call. */
export const WidgetCard = Type.Object({
  pbxId: Type.String(),
  linkedid: Type.String(),
  users: Type.Array(Type.Integer()),
  /** null: nobody has this number; left out: not asked yet. */
  client: Type.Optional(nullable(CardClient)),
});
export type WidgetCard = Static<typeof WidgetCard>;

export type WidgetCards = ReturnType<typeof createWidgetCards>;

/** The cards that our widget shows. */
export function createWidgetCards(redis: Redis) {
  const nameOf = (pbxId: string, linkedid: string) => `ringflow:widget:card:${pbxId}:${linkedid}`;
  const usersField = (userId: number) => `user:${userId}`;

  const read = async (pbxId: string, linkedid: string): Promise<WidgetCard | undefined> => {
    const fields = await redis.hgetall(nameOf(pbxId, linkedid));
    const users = Object.keys(fields).flatMap((name) => (name.startsWith('user:') ? [Number(name.slice(5))] : []));
    if (users.length === 0) return undefined;
    const card: unknown = { pbxId, linkedid, users, ...(fields.client && { client: JSON.parse(fields.client) }) };
    return Value.Check(WidgetCard, card) ? card : undefined;
  };

  const tell = async (pbxId: string, linkedid: string): Promise<void> => {
    const card = await read(pbxId, linkedid);
    if (card) await redis.publish(widgetCardsChannel, JSON.stringify(card));
  };

  return {
    read,

    /** These users see it too. */
    async show(pbxId: string, linkedid: string, users: readonly number[]): Promise<void> {
      const name = nameOf(pbxId, linkedid);
      await redis
        .multi()
        .hset(name, Object.fromEntries(users.map((userId) => [usersField(userId), '1'])))
        .expire(name, rememberedSeconds)
        .exec();
      await tell(pbxId, linkedid);
    },

    /** Whose number it is. @param client null: nobody's */
    async name(pbxId: string, linkedid: string, client: CardClient | null): Promise<void> {
      await redis.hset(nameOf(pbxId, linkedid), 'client', JSON.stringify(client));
      await tell(pbxId, linkedid);
    },
  };
}

export const readWidgetCard = (text: string): WidgetCard | undefined => readAs(WidgetCard, text);
