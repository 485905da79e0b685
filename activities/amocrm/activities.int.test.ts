import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type {
  ChangeEntity,
  CreateContact,
  CreateIncomingLead,
  CreateLead,
  RegisterCall,
} from '../../proto/crm-action.ts';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createBrake } from '../store/brake.ts';
import { createJournal } from '../store/journal.ts';
import { createKnownClients } from '../store/known-clients.ts';
import { createLedger } from '../store/ledger.ts';
import { createShownCards } from '../store/shown-cards.ts';
import { fixedAccess } from './access.ts';
import { createRequestBudget } from './budget.ts';
import { createAmocrmClient } from './client.ts';
import { createClientBook } from './client-book.ts';
import { AmocrmError } from './errors.ts';
import { createGathering } from './gathering/index.ts';
import { type AmocrmActivities, createAmocrmActivities } from './index.ts';
import { createRequestLimiter } from './limiter.ts';
import type { CardToShow } from './show-cards.ts';

let accountId: string;
let amocrm: Amocrm;
let database: Database;
let redis: Redis;
let activities: AmocrmActivities;
let budgetId: string;
let alarms: string[];

beforeAll(async () => {
  redis = new Redis(servers.redisUrl);
  database = await createStoreDatabase();
});
beforeEach(async () => {
  amocrm = await startAmocrm();
  alarms = [];
  accountId = randomUUID(); // each test has an amoCRM of its own
  activities = activitiesWith(amocrm.token);
});
afterEach(() => amocrm.close());
afterAll(async () => {
  await redis.quit();
  await database.drop();
});

function activitiesWith(accessToken: string): AmocrmActivities {
  budgetId = randomUUID();
  const limiter = createRequestLimiter(
    createRequestBudget(redis, { integration: 'token', accountId: budgetId }),
    'cards',
  );
  const entrance = { access: fixedAccess({ baseUrl: amocrm.url, token: accessToken }), limiter };
  const client = createAmocrmClient(entrance);
  const gathering = createGathering({ cards: entrance, others: entrance });
  const known = createKnownClients(database.pool, redis);
  return createAmocrmActivities({
    clientOf: () => client,
    gatheringOf: () => gathering,
    ledger: createLedger(database.pool),
    shownCards: createShownCards(redis),
    book: createClientBook(known, () => client),
    brake: createBrake(redis, (message) => alarms.push(message)),
    hasTalkedSince: (phone, sinceMs) => createJournal(database.pool).hasTalkedSince(phone, sinceMs),
  });
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
    attachTo: 'as-amocrm',
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
      await redis.del(`ringflow:budget:token:${budgetId}:pause`);
      expect(retryAfterMs).toBeGreaterThan(0);
    }
  }
}

/** The same where another attempt is under way and will end by itself. */
async function waitFor<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AmocrmError && error.code === 'RequestUnderWay')) throw error;
      await sleep(error.retryAfterMs);
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
    const create = () => waitFor(() => activities.createContact({ accountId, contact: contact(phone) }));
    const records = await Promise.all([create(), create(), create()]);
    expect(new Set(records.map(({ entityId }) => entityId)).size).toBe(1);
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
    const { entityId } = await create();
    await amocrm.setPhones(entityId, ['+79990000000']);
    const anew = await create();
    expect(anew.entityId).not.toBe(entityId);
    expect(await register(call(phone))).toMatchObject({ record: { entityId: anew.entityId } });
  });

  it('exists once, for all calls of the number, also in an account that has no field for phones', async () => {
    await amocrm.setPhoneField(false);
    const phone = strangerPhone();
    const create = () => activities.createContact({ accountId, contact: contact(phone) });
    const { entityId } = await create();
    expect(await register(call(phone))).toMatchObject({ outcome: 'registered', record: { entityId } });
    await redis.del(await redis.keys(`ringflow:clients:${accountId}:*`)); // time passes: nothing is believed any more
    await database.pool.query('DELETE FROM known_clients');
    expect(await register(call(phone))).toEqual({ outcome: 'unknown-client' });
    expect(await create()).toMatchObject({ entityId });
    expect(await register(call(phone))).toMatchObject({ record: { entityId } });
    expect((await amocrm.state()).calls).toHaveLength(2);
  });

  it('is the one that somebody wrote down meanwhile, in whatever spelling', async () => {
    const phone = strangerPhone();
    await amocrm.addContact(`8 (${phone.slice(1, 4)}) ${phone.slice(4, 7)}-${phone.slice(7, 9)}-${phone.slice(9)}`);
    const before = (await amocrm.state()).contacts.length;
    await activities.createContact({ accountId, contact: contact(phone) });
    expect((await amocrm.state()).contacts).toHaveLength(before);
  });
});

describe('a known client', () => {
  const notesOf = async () => (await amocrm.state()).requests.filter(({ path }) => path.endsWith('/notes')).length;

  it('is not asked for again: the next call goes straight to where the last one stands', async () => {
    await register(call(knownPhone));
    await register(call(knownPhone));
    const { calls, requests } = await amocrm.state();
    expect(calls).toHaveLength(2);
    expect(calls[0]?.entityId).toBe(calls[1]?.entityId);
    expect(requests.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'POST /api/v4/calls',
      'POST /api/v4/contacts/notes',
    ]);
  });

  it.each([
    ['the answer was lost', { kind: 'cut-after' }],
    ['the answer said nothing', { kind: 'empty-after' }],
    ['amoCRM had trouble', { kind: 'status', status: 500 }],
  ] as const)('has the call once after %s', async (_, fault) => {
    await register(call(knownPhone));
    const what = call(knownPhone);
    await amocrm.fault({ match: 'POST /api/v4/contacts/notes', ...fault });
    await expect(register(what)).rejects.toMatchObject({ isHopeless: false });
    expect(await insist(() => register(what))).toMatchObject({ outcome: 'registered' });
    expect((await amocrm.state()).calls).toHaveLength(2);
  });

  it('has many calls in few requests', async () => {
    await register(call(knownPhone));
    const many = Array.from({ length: 30 }, () => register(call(knownPhone)));
    expect(await Promise.all(many)).toHaveLength(30);
    expect((await amocrm.state()).calls).toHaveLength(31);
    expect(await notesOf()).toBeLessThan(10);
  });

  it('whom somebody deleted meanwhile is asked for anew', async () => {
    const phone = strangerPhone();
    const { entityId } = await activities.createContact({ accountId, contact: contact(phone) });
    await amocrm.deleteContact(entityId);
    expect(await register(call(phone))).toEqual({ outcome: 'unknown-client' });
    const anew = await activities.createContact({ accountId, contact: contact(phone) });
    expect(await register(call(phone))).toMatchObject({ record: { entityId: anew.entityId } });
  });

  it('has the call on themselves or on the newest of their leads, if so asked', async () => {
    const phone = strangerPhone();
    const contactId = await amocrm.addContact(phone);
    await amocrm.addLead({ name: 'Older', contactIds: [contactId] });
    const newest = await amocrm.addLead({ name: 'Newer', contactIds: [contactId] });
    await amocrm.addLead({ name: 'Lost', contactIds: [contactId], statusId: 143 });
    const onLead = await register(call(phone, { attachTo: 'newest-lead' }));
    expect(onLead).toMatchObject({ record: { entityType: 'leads', entityId: newest } });
    expect(await register(call(phone, { attachTo: 'client' }))).toMatchObject({ record: { entityType: 'contacts' } });
    expect(await register(call(phone))).toMatchObject({ record: { entityType: 'contacts' } });
  });
});

describe('a lead', () => {
  const lead = (phone: string, changes: Partial<CreateLead> = {}): CreateLead => ({
    ...{ kind: 'create-lead', phone, name: 'A call', tags: ['call'], contact: contact(phone) },
    ...changes,
  });
  const create = (what: CreateLead) => activities.createLead({ accountId, lead: what });
  const leadsNamed = async (name: string) => (await amocrm.state()).leads.filter((one) => one.name === name);

  it('comes with a contact for a stranger, whose call then stands on it', async () => {
    const phone = strangerPhone();
    const { leadId } = await create(lead(phone, { responsibleUserId: 504142 }));
    expect(await leadsNamed('A call')).toMatchObject([{ responsibleUserId: 504142, tags: ['call'] }]);
    expect(await register(call(phone))).toMatchObject({ record: { entityType: 'leads', entityId: leadId } });
  });

  it('is the open one that the client has already', async () => {
    const phone = strangerPhone();
    const contactId = await amocrm.addContact(phone);
    const own = await amocrm.addLead({ name: 'Own', contactIds: [contactId] });
    expect(await create(lead(phone))).toEqual({ leadId: own });
    expect(await leadsNamed('A call')).toHaveLength(0);
  });

  it('is made anew once the old one is won, lost or deleted', async () => {
    const phone = strangerPhone();
    const { leadId } = await create(lead(phone));
    await amocrm.changeLead(leadId as number, { statusId: 142 });
    const { leadId: second } = await create(lead(phone));
    expect(second).not.toBe(leadId);
    await amocrm.deleteLead(second as number);
    expect((await create(lead(phone))).leadId).not.toBe(second);
  });

  it('exists once although two calls of one new number ask for it at the same time', async () => {
    const phone = strangerPhone();
    await Promise.all([1, 2, 3].map(() => waitFor(() => create(lead(phone)))));
    expect(await leadsNamed('A call')).toHaveLength(1);
    expect((await amocrm.state()).contacts.filter(({ phones }) => phones.includes(`+${phone}`))).toHaveLength(1);
  });

  it.each(['cut-after', 'empty-after'] as const)('exists once although the answer was lost (%s)', async (kind) => {
    const phone = strangerPhone();
    await amocrm.fault({ match: 'POST /api/v4/leads', kind });
    await insist(() => create(lead(phone)));
    expect(await leadsNamed('A call')).toHaveLength(1);
  });

  it('of a user whom amoCRM does not take any more is nobody’s in particular', async () => {
    await amocrm.setUserActive(504142, false);
    await create(lead(strangerPhone(), { responsibleUserId: 504142 }));
    expect(await leadsNamed('A call')).toHaveLength(1);
  });

  it('of a pipeline that was deleted is refused in words', async () => {
    await expect(create(lead(strangerPhone(), { pipelineId: 999 }))).rejects.toMatchObject({
      code: 'ValidationFailed',
      message: expect.stringContaining('pipeline_id'),
    });
  });
});

describe('an incoming lead', () => {
  const incoming = (phone: string): CreateIncomingLead => ({
    ...{ kind: 'create-incoming-lead', phone, name: 'Night call', tags: [] },
  });
  const take = (what: RegisterCall) =>
    activities.registerAsIncomingLead({ accountId, key: what.uniq, call: what, incomingLead: incoming(what.phone) });

  it('holds the first call of a stranger, and their next ones until it is accepted', async () => {
    const phone = strangerPhone();
    const [first, second] = [call(phone), call(phone)];
    await take(first);
    expect(await register(second)).toEqual({ outcome: 'unknown-client' });
    await take(second);
    const { unsorted, calls } = await amocrm.state();
    expect(unsorted).toMatchObject([{ call: { uniq: first.uniq } }]);
    expect(calls).toMatchObject([{ uniq: second.uniq, entityId: unsorted[0]?.leadId }]);
    await amocrm.acceptUnsorted(unsorted[0]?.uid ?? '');
    expect(await register(call(phone))).toMatchObject({ record: { entityType: 'leads' } });
  });

  it.each(['cut-after', 'empty-after'] as const)('exists once although the answer was lost (%s)', async (kind) => {
    const what = call(strangerPhone());
    await amocrm.fault({ match: 'POST /api/v4/leads/unsorted/sip', kind });
    await insist(() => take(what));
    await take(what);
    const { unsorted, calls } = await amocrm.state();
    expect(unsorted).toMatchObject([{ call: { uniq: what.uniq } }]);
    expect(calls).toHaveLength(0);
  });

  it('that somebody declined makes room for another', async () => {
    const phone = strangerPhone();
    await take(call(phone));
    await amocrm.declineUnsorted((await amocrm.state()).unsorted[0]?.uid ?? '');
    await take(call(phone));
    expect((await amocrm.state()).unsorted).toHaveLength(1);
  });

  it('counts as the open lead of its client', async () => {
    const phone = strangerPhone();
    await take(call(phone));
    const before = (await amocrm.state()).leads.length;
    const lead: CreateLead = { kind: 'create-lead', phone, name: 'A call', tags: [], contact: contact(phone) };
    await activities.createLead({ accountId, lead });
    expect((await amocrm.state()).leads).toHaveLength(before);
  });
});

describe('a change', () => {
  const change = (changes: Partial<ChangeEntity>): ChangeEntity => ({
    ...{ kind: 'change', effect: randomUUID(), phone: knownPhone, target: 'client', tags: [] },
    ...changes,
  });
  const make = (what: ChangeEntity) => activities.changeEntity({ accountId, key: what.effect, change: what });

  it('of the client comes once, and stays undone when a person undoes it', async () => {
    const phone = strangerPhone();
    const contactId = await amocrm.addContact(phone);
    const what = change({ phone, tags: ['vip'], responsibleUserId: 504143 });
    await make(what);
    const own = async () => (await amocrm.state()).contacts.find(({ id }) => id === contactId);
    expect(await own()).toMatchObject({ tags: ['vip'], responsibleUserId: 504143 });
    const { requestCount } = await amocrm.state();
    await make(what);
    expect((await amocrm.state()).requestCount).toBe(requestCount);
  });

  it('of the lead takes the newest open one', async () => {
    const phone = strangerPhone();
    const contactId = await amocrm.addContact(phone);
    const leadId = await amocrm.addLead({ name: 'Own', contactIds: [contactId] });
    await make(change({ phone, target: 'lead', tags: ['call'], responsibleUserId: 504142 }));
    const own = (await amocrm.state()).leads.find(({ id }) => id === leadId);
    expect(own).toMatchObject({ tags: ['call'], responsibleUserId: 504142 });
  });

  it('does nothing where there is no client or no open lead', async () => {
    expect(await make(change({ phone: strangerPhone(), tags: ['x'] }))).toEqual({ changed: null });
    expect(await make(change({ phone: strangerPhone(), target: 'lead', tags: ['x'] }))).toEqual({ changed: null });
  });

  it('to a stage that was deleted is refused in words', async () => {
    const phone = strangerPhone();
    await amocrm.addLead({ name: 'Own', contactIds: [await amocrm.addContact(phone)] });
    const what = change({ phone, target: 'lead', status: { pipelineId: 1, statusId: 2 } });
    await expect(make(what)).rejects.toMatchObject({
      code: 'ValidationFailed',
      message: expect.stringContaining('id'),
    });
  });
});

describe('the brake', () => {
  it('holds after so many new contacts in an hour, tells it once, and lets known clients through', async () => {
    const limit = { did: '74951230001', mostPerHour: 3 };
    const create = (phone: string) => activities.createContact({ accountId, contact: contact(phone), limit });
    const phones = Array.from({ length: 6 }, strangerPhone);
    const outcomes = await Promise.allSettled(phones.map(create));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual(
      Array(3).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'Braked', isHopeless: true }) }),
    );
    expect(alarms).toEqual([expect.stringContaining('74951230001')]);
    expect(await create(knownPhone)).toMatchObject({ entityType: 'contacts' });
    expect(await activities.createContact({ accountId, contact: contact(strangerPhone()) })).toBeDefined();
  });
});

describe('what is of unknown fate where amoCRM does not let us look', () => {
  const cutOff = async (): Promise<RegisterCall> => {
    await register(call(knownPhone));
    const what = call(knownPhone);
    await amocrm.fault({ match: 'POST /api/v4/contacts/notes', kind: 'cut-after' });
    await expect(register(what)).rejects.toMatchObject({ hadNoEffect: false });
    await amocrm.fault({ match: 'GET /api/v4/contacts', kind: 'status', status: 403, times: 100 });
    await expect(insist(() => register(what))).rejects.toMatchObject({ code: 'Uncertain', effectKey: what.uniq });
    return what;
  };

  it('is uncertain, and found as soon as a look is allowed', async () => {
    const what = await cutOff();
    await amocrm.clearFaults();
    expect(await insist(() => register(what))).toMatchObject({ outcome: 'registered' });
    expect((await amocrm.state()).calls).toHaveLength(2);
  });

  it('is sent again if a person says that it is not there', async () => {
    const what = await cutOff();
    await activities.settleUncertain({ accountId, key: what.uniq, verdict: 'send-again' });
    expect(await register(what)).toMatchObject({ outcome: 'registered' });
    expect((await amocrm.state()).calls).toHaveLength(3); // they have looked badly
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
