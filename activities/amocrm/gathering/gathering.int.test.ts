import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { CreateContact, CreateTask, RegisterCall } from '../../../proto/crm-action.ts';
import { type Amocrm, startAmocrm } from '../../../tests/rig/amocrm.ts';
import { createStoreDatabase, type Database } from '../../../tests/rig/databases.ts';
import { servers } from '../../../tests/rig/servers.ts';
import { createBrake } from '../../store/brake.ts';
import { createCatalogues } from '../../store/catalogues.ts';
import { createClosedLeads } from '../../store/closed-leads.ts';
import { createKnownClients } from '../../store/known-clients.ts';
import { createLedger } from '../../store/ledger.ts';
import { createOthersNotes } from '../../store/others-notes.ts';
import { createShownCards } from '../../store/shown-cards.ts';
import { createWidgetCards } from '../../store/widget-cards.ts';
import { createWidgetPages } from '../../store/widget-pages.ts';
import { fixedAccess } from '../access.ts';
import { createRequestBudget, type Place, type RequestBudget } from '../budget.ts';
import { findCallNoteOn, postCallNote } from '../call-notes.ts';
import { createAmocrmClient } from '../client.ts';
import { createClientBook } from '../client-book.ts';
import { AmocrmError } from '../errors.ts';
import { type AmocrmActivities, createAmocrmActivities } from '../index.ts';
import { createRequestLimiter } from '../limiter.ts';
import { createGathering, type Gathering } from './index.ts';

let amocrm: Amocrm;
let database: Database;
let redis: Redis;
let budget: RequestBudget;
let gathering: Gathering;
let activities: AmocrmActivities;

beforeAll(async () => {
  redis = new Redis(servers.redisUrl);
  database = await createStoreDatabase();
});
beforeEach(async () => {
  amocrm = await startAmocrm();
  budget = createRequestBudget(redis, { integration: 'token', accountId: randomUUID() });
  const limiter = createRequestLimiter(budget, 'cards');
  const entrance = { access: fixedAccess({ baseUrl: amocrm.url, token: amocrm.token }), limiter };
  const client = createAmocrmClient(entrance);
  gathering = counted(createGathering({ cards: entrance, others: entrance, pbxIds: async () => [] }));
  const closedLeadsOf = createClosedLeads(redis);
  activities = createAmocrmActivities({
    clientOf: () => client,
    gatheringOf: () => gathering,
    closedLeadsOf,
    catalogues: createCatalogues(database.pool),
    ledger: createLedger(database.pool),
    othersNotes: createOthersNotes(database.pool),
    shownCards: createShownCards(redis),
    triesUnderWay: new Map(),
    widgetPages: createWidgetPages(redis),
    widgetCards: createWidgetCards(redis),
    book: createClientBook(createKnownClients(database.pool, redis), () => client, closedLeadsOf),
    recordingLinkOf: async () => undefined,
    brake: createBrake(redis, () => undefined),
    noteCard: async () => undefined,
    hasTalkedSince: async () => false,
  });
});
afterEach(() => amocrm.close());
afterAll(async () => {
  await redis.quit();
  await database.drop();
});

/** How many items have come to be sent. */
let joined = 0;

function counted(gathering: Gathering): Gathering {
  joined = 0;
  const count =
    (send: (...item: unknown[]) => unknown) =>
    (...item: unknown[]) => {
      joined++;
      return send(...item);
    };
  const entries = Object.entries(gathering).map(([name, send]) => [
    name,
    typeof send === 'function' ? count(send as never) : send,
  ]);
  return Object.fromEntries(entries) as Gathering;
}

const accountId = 'test';
const phones = Array.from({ length: 8 }, (_, i) => `7903${String(1_000_000 + i)}`);
const card = (phone: string, userId = 504141) => ({
  accountId,
  cards: [{ kind: 'show-card' as const, effect: 'card', key: randomUUID(), phone, userId, extension: '101' }],
});

/** A task on a contact of the stand-in. */
function task(contactId: number, changes: Partial<CreateTask> = {}) {
  const phone = `7904${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
  const create = { kind: 'create-task' as const, phone, text: `Call back +${phone}`, dueAtSeconds: 1_900_000_000 };
  const entity = { entityType: 'contacts', entityId: contactId };
  return { accountId, key: randomUUID(), entity, task: { ...create, ...changes }, endedAtMs: Date.now() };
}

const contact = (phone: string): CreateContact => ({ kind: 'create-contact', phone, name: `+${phone}` });

/** All places, so that whoever comes meanwhile waits. */
async function useUpBudget(): Promise<Place[]> {
  const places: Place[] = [];
  while (places.length < 6) {
    const verdict = await budget.take('cards', 0);
    if ('place' in verdict) places.push(verdict.place);
    await Promise.all(places.map((place) => place.renew()));
  }
  return places;
}

/** Starts all while the budget is used up, and frees it when all wait. */
async function together<T>(starts: (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
  const places = await useUpBudget();
  const awaited = joined + starts.length;
  const running = starts.map((start) => start());
  for (const each of running) each.catch(() => undefined);
  while (joined < awaited) {
    await sleep(10);
    await Promise.all(places.map((place) => place.renew()));
  }
  for (const place of places) place.giveBack();
  return Promise.allSettled(running);
}

/** Tries until it succeeds, as Temporal does; also what amoCRM refused for good, `times` times, as people do. */
async function insist<T>(attempt: () => Promise<T>, times = 0): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if ((error as { isHopeless?: boolean }).isHopeless !== false && times-- <= 0) throw error;
      const timePasses = 'UPDATE side_effects SET deadline_at = UTC_TIMESTAMP(3), shows_by = UTC_TIMESTAMP(3)';
      await database.pool.query(timePasses);
    }
  }
}

const contactIdOf = async () => (await amocrm.state()).contacts[0]?.id as number;
const postsTo = async (path: string) =>
  (await amocrm.state()).requests.filter((request) => request.method === 'POST' && request.path === path).length;

describe('cards that wait together', () => {
  it('go in one request, each to its user', async () => {
    await together(phones.map((phone) => () => activities.showCards(card(phone))));
    const { cards } = await amocrm.state();
    expect(cards.map(({ phone }) => phone).sort()).toEqual(phones.map((phone) => `+${phone}`));
    expect(await postsTo('/api/v2/events')).toBe(1);
  });

  it('are all shown by the next try although one of them named nobody that amoCRM knows', async () => {
    const requests = [...phones.map((phone) => card(phone)), card('79031234567', 999_999)];
    const outcomes = await together(
      requests.map((request) => async () => {
        await activities.showCards(request).catch(() => activities.showCards(request));
      }),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([...phones.map(() => 'fulfilled'), 'rejected']);
    expect((await amocrm.state()).cards).toHaveLength(phones.length);
  });
});

describe('contacts that wait together', () => {
  it('are made each for its own phone', async () => {
    const create = (phone: string) => activities.createContact({ accountId, contact: contact(phone) });
    const outcomes = await Promise.allSettled(phones.slice(0, 4).map(create));
    const { contacts } = await amocrm.state();
    for (const [index, outcome] of outcomes.entries()) {
      const made = contacts.find(({ phones: [phone] }) => phone === `+${phones[index]}`);
      expect(outcome).toMatchObject({ value: { entityId: made?.id } });
    }
  });
});

describe('tasks that wait together', () => {
  it('are made in one request, each for its own client', async () => {
    const requests = await Promise.all(phones.map(async () => task(await contactIdOf())));
    const outcomes = await together(requests.map((request) => () => activities.createTask(request)));
    const { tasks } = await amocrm.state();
    for (const [index, outcome] of outcomes.entries()) {
      const made = tasks.find(({ text }) => text === requests[index]?.task.text);
      expect(outcome).toMatchObject({ value: { taskId: made?.id } });
    }
    expect(await postsTo('/api/v4/tasks')).toBe(1);
  });

  it.each([
    ['amoCRM had trouble', { kind: 'status', status: 500 }],
    ['it took amoCRM too long', { kind: 'html', status: 504 }],
    ['there were too many', { kind: 'status', status: 422 }],
    ['amoCRM stored all but one', { kind: 'partial', index: 1, storesOthers: true }],
    ['one spoilt the others', { kind: 'partial', index: 1 }],
    ['the request was lost', { kind: 'cut-before' }],
    ['the answer was lost', { kind: 'cut-after' }],
    ['the answer said nothing', { kind: 'empty-after' }],
    ['amoCRM asked for fewer requests', { kind: 'status', status: 429 }],
  ] as const)('exist once each after %s', async (_, fault) => {
    const requests = await Promise.all(phones.slice(0, 4).map(async () => task(await contactIdOf())));
    await amocrm.fault({ match: 'POST /api/v4/tasks', ...fault });
    const outcomes = await together(requests.map((request) => () => insist(() => activities.createTask(request), 1)));
    expect(outcomes.map(({ status }) => status)).toEqual(requests.map(() => 'fulfilled'));
    const texts = (await amocrm.state()).tasks.map(({ text }) => text);
    expect(texts.sort()).toEqual(requests.map(({ task: { text } }) => text).sort());
  });

  it('exist once each, and the one that amoCRM refuses is told so in its own words', async () => {
    const requests = await Promise.all(phones.slice(0, 4).map(async () => task(await contactIdOf())));
    const bad = task(await contactIdOf(), { dueAtSeconds: -1 });
    const outcomes = await together(
      [...requests, bad].map((request) => () => insist(() => activities.createTask(request))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([...requests.map(() => 'fulfilled'), 'rejected']);
    expect(String(outcomes.at(-1)?.status === 'rejected' && (outcomes.at(-1) as { reason: Error }).reason)).toContain(
      'complete_till',
    );
    expect((await amocrm.state()).tasks).toHaveLength(requests.length);
  });

  it('are done in few requests, and looked at in fewer', async () => {
    const requests = await Promise.all(phones.map(async () => task(await contactIdOf())));
    await together(requests.map((request) => () => activities.createTask(request)));
    const again = await together(
      requests.map((request) => () => activities.createTask({ ...request, key: randomUUID() })),
    );
    expect(again.map(({ status }) => status)).toEqual(requests.map(() => 'fulfilled'));
    const { requests: seen, tasks } = await amocrm.state();
    expect(tasks).toHaveLength(requests.length);
    const looks = seen.filter(({ method, path }) => method === 'GET' && path === '/api/v4/tasks');
    expect(looks.length).toBeLessThan(requests.length / 2);
  });
});

it('what may not be sent, since the account is not connected, leaves its places to others', async () => {
  const refused = new AmocrmError('NotConnected', 'Connect it.', { hadNoEffect: true });
  const access = {
    ...fixedAccess({ baseUrl: amocrm.url, token: amocrm.token }),
    current: () => Promise.reject(refused),
  };
  const entrance = { access, limiter: createRequestLimiter(budget, 'cards') };
  const unconnected = createGathering({ cards: entrance, others: entrance, pbxIds: async () => [] });
  const sent = phones.map((phone) => unconnected.postCards({ phone, users: [504141] }, { key: phone }));
  expect(await Promise.allSettled(sent)).toEqual(phones.map(() => ({ status: 'rejected', reason: refused })));
  const places = await Promise.all(Array.from({ length: 6 }, () => budget.take('cards', 0)));
  expect(places).toEqual(places.map(() => ({ place: expect.anything() })));
});

describe('calls of known clients that wait together', () => {
  const call = (uniq: string): RegisterCall => ({
    kind: 'register-call',
    effect: 'call',
    direction: 'inbound',
    phone: '79161234567',
    durationSeconds: 42,
    callStatus: 4,
    callResult: 'Answered',
    uniq,
    responsible: 504141,
    startedAtSeconds: 1_795_417_935,
    attachTo: 'client',
  });
  const uniqs = ['first', 'second', 'third'];
  const unguarded = async () => undefined;

  it('are written as notes in one request, each on its own client, and found there', async () => {
    const ids = (await amocrm.state()).contacts.slice(0, 3).map(({ id }) => id);
    const post = (uniq: string, index: number) => () =>
      postCallNote(gathering, call(uniq), { entityType: 'contacts', entityId: ids[index] as number }, unguarded);
    const written = await together(uniqs.map(post));
    expect(await postsTo('/api/v4/contacts/notes')).toBe(1);
    expect((await amocrm.state()).calls).toMatchObject(
      uniqs.map((uniq, index) => ({ uniq, entityId: ids[index], responsibleUserId: 504141, createdBy: 504141 })),
    );
    const look = (uniq: string, index: number) => () =>
      findCallNoteOn(gathering, 'contacts', [ids[index] as number], call(uniq));
    expect(await together(uniqs.map(look))).toEqual(written);
    expect(await findCallNoteOn(gathering, 'contacts', ids, call('another'))).toBeUndefined();
  });

  it('go without a user that amoCRM does not take any more', async () => {
    const [{ id } = { id: 0 }] = (await amocrm.state()).contacts;
    const place = { entityType: 'contacts', entityId: id };
    await postCallNote(gathering, { ...call('a'), responsible: 999_999 }, place, unguarded);
    expect((await amocrm.state()).calls).toMatchObject([{ uniq: 'a', entityId: id }]);
  });
});

describe('leads and changes that wait together', () => {
  it('are made in one request each, and one lead is never changed twice in one', async () => {
    const names = ['A', 'B', 'C'];
    const made = await together(names.map((name) => () => gathering.postLead({ name }, { key: name })));
    const ids = made.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.id : 0));
    await together([...ids, ids[0] as number].map((id, i) => () => gathering.patchLead({ id, name: `${id}/${i}` })));
    const { leads, requests } = await amocrm.state();
    expect(leads.filter(({ id }) => ids.includes(id)).map(({ name }) => name)).toEqual([
      `${ids[0]}/3`,
      `${ids[1]}/1`,
      `${ids[2]}/2`,
    ]);
    expect(requests.filter(({ path }) => path === '/api/v4/leads').map(({ method }) => method)).toEqual([
      'POST',
      'PATCH',
      'PATCH',
    ]);
  });

  it('of contacts give each its own', async () => {
    const ids = (await amocrm.state()).contacts.slice(0, 3).map(({ id }) => id);
    const outcomes = await together(ids.map((id) => () => gathering.patchContact({ id, name: `New ${id}` })));
    expect(outcomes.map((outcome) => outcome.status === 'fulfilled' && outcome.value.id)).toEqual(ids);
    const { contacts } = await amocrm.state();
    for (const id of ids) expect(contacts.find((each) => each.id === id)?.name).toBe(`New ${id}`);
  });
});
