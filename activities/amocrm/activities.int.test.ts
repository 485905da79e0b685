import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { CreateContact, RegisterCall } from '../../proto/crm-action.ts';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createJournal } from '../store/journal.ts';
import { createLedger } from '../store/ledger.ts';
import { createShownCards } from '../store/shown-cards.ts';
import { fixedAccess } from './access.ts';
import { createAmocrmClient } from './client.ts';
import { type AmocrmActivities, type CardToShow, createAmocrmActivities } from './index.ts';
import { createRequestLimiter } from './limiter.ts';

const accountId = 'test';
let amocrm: Amocrm;
let database: Database;
let redis: Redis;
let activities: AmocrmActivities;
let budgetId: string;

beforeAll(async () => {
  redis = new Redis(servers.redisUrl);
  database = await createStoreDatabase();
});
beforeEach(async () => {
  amocrm = await startAmocrm();
  activities = activitiesWith(amocrm.token);
});
afterEach(() => amocrm.close());
afterAll(async () => {
  await redis.quit();
  await database.drop();
});

function activitiesWith(accessToken: string): AmocrmActivities {
  budgetId = randomUUID();
  const limiter = createRequestLimiter(redis, budgetId, 'cards');
  const client = createAmocrmClient({ access: fixedAccess({ baseUrl: amocrm.url, token: accessToken }), limiter });
  return createAmocrmActivities(
    () => client,
    () => client,
    createLedger(database.pool),
    createShownCards(redis),
    (phone, sinceMs) => createJournal(database.pool).hasTalkedSince(phone, sinceMs),
  );
}

const knownPhone = '79161234567';
const strangerPhone = () => `7903${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;

function call(phone: string, changes: Partial<RegisterCall> = {}): RegisterCall {
  return {
    kind: 'register-call',
    effect: 'call',
    direction: 'inbound',
    phone,
    durationSeconds: 42,
    callStatus: 4,
    callResult: 'Answered',
    uniq: randomUUID(),
    responsible: 504141,
    startedAtSeconds: 1_795_417_935,
    ...changes,
  };
}

const contact = (phone: string): CreateContact => ({ kind: 'create-contact', phone, name: `+${phone}` });
const register = (what: RegisterCall) => activities.registerCall({ accountId, key: what.uniq, call: what });

/** Tries until it succeeds, as Temporal does; waits as long as the error says. */
async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const { retryAfterMs = 100, isHopeless } = error as { retryAfterMs?: number; isHopeless?: boolean };
      if (isHopeless !== false) throw error;
      await database.pool.query('UPDATE side_effects SET deadline_at = UTC_TIMESTAMP(3)'); // time passes
      await redis.del(`ringflow:budget:${budgetId}:pause`);
      expect(retryAfterMs).toBeGreaterThan(0);
    }
  }
}

describe('registering a call', () => {
  it('stands once with its client, however often it is asked for', async () => {
    const what = call(knownPhone);
    const answers = [await register(what), await register(what)];
    expect(answers[0]).toEqual(answers[1]);
    const { calls } = await amocrm.state();
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ uniq: what.uniq, duration: 42, direction: 'inbound', responsibleUserId: 504141 });
  });

  it('stands with the only open lead of a client who has one, and is found there again', async () => {
    const what = call('79161110001');
    await amocrm.fault({ match: 'POST /api/v4/calls', kind: 'cut-after' });
    expect(await insist(() => register(what))).toMatchObject({
      outcome: 'registered',
      record: { entityType: 'leads' },
    });
    expect((await amocrm.state()).calls).toHaveLength(1);
  });

  it('stores nothing for a number that amoCRM does not know, and says so', async () => {
    expect(await register(call(strangerPhone()))).toEqual({ outcome: 'unknown-client' });
    expect((await amocrm.state()).calls).toHaveLength(0);
  });

  it.each([
    ['the answer was lost', { kind: 'cut-after' }],
    ['the answer said nothing', { kind: 'empty-after' }],
    ['the request was lost', { kind: 'cut-before' }],
    ['amoCRM had trouble', { kind: 'status', status: 502 }],
    ['a proxy answered in its place', { kind: 'html', status: 504 }],
    ['amoCRM asked for fewer requests', { kind: 'status', status: 429, retryAfterSeconds: 3 }],
    ['amoCRM blocked the account for a while', { kind: 'html', status: 403 }],
  ] as const)('stands once after %s', async (_, fault) => {
    const what = call(knownPhone);
    await amocrm.fault({ match: 'POST /api/v4/calls', ...fault });
    await expect(register(what)).rejects.toMatchObject({ name: 'AmocrmError', isHopeless: false });
    expect(await insist(() => register(what))).toMatchObject({ outcome: 'registered' });
    expect((await amocrm.state()).calls).toHaveLength(1);
  });

  it('stands once when two workers register it at the same time and the first answer is lost', async () => {
    const what = call(knownPhone);
    await amocrm.fault({ match: 'POST /api/v4/calls', kind: 'cut-after' });
    await Promise.all([insist(() => register(what)), insist(() => register(what))]);
    expect((await amocrm.state()).calls).toHaveLength(1);
  });

  it('goes without a user that amoCRM does not take any more', async () => {
    expect(await register(call(knownPhone, { responsible: 999_999 }))).toMatchObject({ outcome: 'registered' });
    expect((await amocrm.state()).calls).toHaveLength(1);
  });

  it('waits, with no hint of the token, while amoCRM refuses it', async () => {
    activities = activitiesWith('a-wrong-token');
    const error = await register(call(knownPhone)).catch((e: Error) => e);
    expect(error).toMatchObject({ code: 'TokenRefused', isHopeless: false });
    expect(String(error)).not.toContain('a-wrong-token');
  });

  it('fails for good with the field that amoCRM refuses', async () => {
    const error = await register(call(knownPhone, { durationSeconds: -1 })).catch((e: Error) => e);
    expect(error).toMatchObject({ code: 'ValidationFailed', isHopeless: true });
    expect(String(error)).toContain('duration');
  });
});

describe('a contact for a new client', () => {
  it('exists once although two calls of one number ask for it at the same time', async () => {
    const phone = strangerPhone();
    const create = () => insist(() => activities.createContact({ accountId, contact: contact(phone) }));
    const records = await Promise.all([create(), create(), create()]);
    expect(new Set(records.map(({ contactId }) => contactId)).size).toBe(1);
    const { contacts } = await amocrm.state();
    expect(contacts.filter(({ phones }) => phones.includes(`+${phone}`))).toHaveLength(1);
  });

  it.each(['cut-after', 'empty-after'] as const)('exists once although the answer was lost (%s)', async (kind) => {
    const phone = strangerPhone();
    await amocrm.fault({ match: 'POST /api/v4/contacts', kind });
    await insist(() => activities.createContact({ accountId, contact: contact(phone) }));
    const { contacts } = await amocrm.state();
    expect(contacts.filter(({ phones }) => phones.includes(`+${phone}`))).toHaveLength(1);
  });

  it('is made anew when somebody took the number from the old one', async () => {
    const phone = strangerPhone();
    const create = () => activities.createContact({ accountId, contact: contact(phone) });
    const { contactId } = await create();
    await amocrm.setPhones(contactId, ['+79990000000']);
    const anew = await create();
    expect(anew.contactId).not.toBe(contactId);
    expect(await register(call(phone))).toMatchObject({ record: { entityId: anew.contactId } });
  });

  it('is the one that somebody wrote down meanwhile, in whatever spelling', async () => {
    const phone = strangerPhone();
    await amocrm.addContact(`8 (${phone.slice(1, 4)}) ${phone.slice(4, 7)}-${phone.slice(7, 9)}-${phone.slice(9)}`);
    const before = (await amocrm.state()).contacts.length;
    await activities.createContact({ accountId, contact: contact(phone) });
    expect((await amocrm.state()).contacts).toHaveLength(before);
  });
});

describe('cards', () => {
  const card = (userId: number, call: string = randomUUID()): CardToShow => ({
    kind: 'show-card',
    effect: `card:${userId}`,
    key: `${call}:card:${userId}`,
    phone: knownPhone,
    userId,
    extension: '101',
  });

  it('go to the named users in one request', async () => {
    await activities.showCards({ accountId, cards: [card(504141), card(504142)] });
    const { cards, requestCount } = await amocrm.state();
    expect(cards.map(({ userId }) => userId)).toEqual([504141, 504142]);
    expect(requestCount).toBe(1);
  });

  it('are shown once, also to whoever tries again after a crash', async () => {
    const [first, second] = [card(504141), card(504142)];
    await activities.showCards({ accountId, cards: [first] });
    await activities.showCards({ accountId, cards: [first, second] });
    await activities.showCards({ accountId, cards: [first, second] });
    expect((await amocrm.state()).cards.map(({ userId }) => userId)).toEqual([504141, 504142]);
  });

  it('that amoCRM could not show are shown by the next try', async () => {
    const cards = [card(504141)];
    await amocrm.fault({ match: 'POST /api/v2/events', kind: 'status', status: 500 });
    await expect(activities.showCards({ accountId, cards })).rejects.toMatchObject({ code: 'ServerTrouble' });
    await activities.showCards({ accountId, cards });
    expect((await amocrm.state()).cards.map(({ userId }) => userId)).toEqual([504141]);
  });

  it('for nobody are no request: amoCRM would show them to everybody', async () => {
    await activities.showCards({ accountId, cards: [] });
    expect((await amocrm.state()).requestCount).toBe(0);
  });
});
