import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createClosedLeads } from '../store/closed-leads.ts';
import { createOthersNotes } from '../store/others-notes.ts';
import { fixedAccess } from './access.ts';
import { createRequestBudget } from './budget.ts';
import { createAmocrmClient } from './client.ts';
import { createGathering } from './gathering/index.ts';
import { createRequestLimiter } from './limiter.ts';
import { findOthersCall, type OthersCallRequest } from './others-call.ts';

let amocrm: Amocrm;
let redis: Redis;
let database: Database;
let find: (changes?: Partial<OthersCallRequest>) => ReturnType<typeof findOthersCall>;

beforeAll(async () => {
  redis = new Redis(servers.redisUrl);
  database = await createStoreDatabase();
});
beforeEach(async () => {
  amocrm = await startAmocrm({ requestsPerSecond: 1_000 });
  const budget = createRequestBudget(redis, { integration: 'token', accountId: randomUUID() });
  const limiter = createRequestLimiter(budget, 'live');
  const entrance = { access: fixedAccess({ baseUrl: amocrm.url, token: amocrm.token }), limiter };
  const client = createAmocrmClient(entrance);
  const gathering = createGathering({ cards: entrance, others: entrance, pbxIds: async () => [] });
  const closedLeadsOf = createClosedLeads(redis);
  const othersNotes = createOthersNotes(database.pool);
  const dependencies = { clientOf: () => client, gatheringOf: () => gathering, closedLeadsOf, othersNotes };
  find = (changes) => findOthersCall(dependencies, { ...request, ...changes });
});
afterEach(() => amocrm.close());
afterAll(async () => {
  await redis.quit();
  await database.drop();
});

const phone = '79035557788';
const startedAtSeconds = 1_795_417_935;
const request: OthersCallRequest = {
  ...{ accountId: 'acme', phone, direction: 'inbound', attachTo: 'as-amocrm' },
  ...{ startedAtSeconds, endedAtSeconds: startedAtSeconds + 600, durationSeconds: 590 },
};

/** @returns the note's id */
async function note(entityType: string, entityId: number, changes: object = {}, type = 'call_in'): Promise<number> {
  const params = { uniq: randomUUID(), duration: 590, source: 'Another', ...changes };
  const { createdAtSeconds = startedAtSeconds } = changes as { createdAtSeconds?: number };
  const { createdAtSeconds: _, ...kept } = params as typeof params & { createdAtSeconds?: number };
  const answer = await fetch(`${amocrm.url}/api/v4/${entityType}/${entityId}/notes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${amocrm.token}`, 'content-type': 'application/json' },
    body: JSON.stringify([{ note_type: type, params: kept, created_at: createdAtSeconds }]),
  });
  const body = (await answer.json()) as { _embedded: { notes: { id: number }[] } };
  return body._embedded.notes[0]?.id as number;
}

const contactOf = async (tail: string): Promise<number> => {
  const { contacts, companies } = await amocrm.state();
  const all = [...contacts, ...companies];
  return all.find(({ phones }) => phones.some((one) => one.replace(/\D/g, '').endsWith(tail)))?.id as number;
};

it('is found with its contact by two requests', async () => {
  const noteId = await note('contacts', await contactOf('9035557788'));
  const { requestCount } = await amocrm.state();
  expect(await find()).toMatchObject({
    call: { noteId, entityType: 'contacts', durationSeconds: 590, source: 'Another', link: null },
    ownPlace: { entityType: 'contacts', entityId: await contactOf('9035557788') },
  });
  expect((await amocrm.state()).requestCount - requestCount).toBe(2);
});

it('is found with a lead of the contact', async () => {
  const contactId = await contactOf('9035557788');
  const leadId = await amocrm.addLead({ name: 'Roof', contactIds: [contactId] });
  const noteId = await note('leads', leadId);
  expect(await find()).toMatchObject({ call: { noteId }, ownPlace: { entityType: 'leads', entityId: leadId } });
  expect(await find({ attachTo: 'client' })).toMatchObject({ ownPlace: { entityType: 'contacts' } });
});

it('is found with a company', async () => {
  const noteId = await note('companies', await contactOf('4959998877'));
  expect(await find({ phone: '74959998877' })).toMatchObject({ call: { noteId, entityType: 'companies' } });
});

it.each([
  ['when the call began', 0],
  ['when it was over', 600],
  ['two minutes after its end', 720],
  ['two minutes before it', -120],
])('is found if it was written as of %s', async (_, later) => {
  const noteId = await note('contacts', await contactOf('9035557788'), { createdAtSeconds: startedAtSeconds + later });
  expect(await find()).toMatchObject({ call: { noteId } });
});

it('is the nearest of several, of two at the same time the one that lasted as long', async () => {
  const contactId = await contactOf('9035557788');
  await note('contacts', contactId, { createdAtSeconds: startedAtSeconds - 60 });
  await note('contacts', contactId, { createdAtSeconds: startedAtSeconds + 2, duration: 3 });
  const noteId = await note('contacts', contactId, { createdAtSeconds: startedAtSeconds + 2, duration: 588 });
  await note('contacts', contactId, { createdAtSeconds: startedAtSeconds + 602, duration: 7 });
  expect(await find()).toMatchObject({ call: { noteId } });
});

it.each<[string, object, string]>([
  ['a call of another time', { createdAtSeconds: startedAtSeconds + 300 }, 'call_in'],
  ['a call the other way', {}, 'call_out'],
  ["a call of the client's other phone", { phone: '+7 495 111-22-33' }, 'call_in'],
  ['a call that we have registered', { source: 'Ringflow' }, 'call_in'],
])('is not %s', async (_, changes, type) => {
  await note('contacts', await contactOf('9035557788'), changes, type);
  expect(await find()).toBeNull();
});

it('is nowhere for a client whom amoCRM does not know', async () => {
  expect(await find({ phone: '79990001122' })).toBeNull();
});

describe('of a client with many calls', () => {
  /** So many calls, each a minute later than the one before. */
  async function laterCalls(count: number, firstAtSeconds: number): Promise<void> {
    const contactId = await contactOf('9035557788');
    for (let from = 0; from < count; from += 250) {
      const notes = Array.from({ length: Math.min(250, count - from) }, (_, index) => ({
        ...{ note_type: 'call_in', created_at: firstAtSeconds + (from + index) * 60 },
        params: { uniq: randomUUID(), duration: 5, source: 'Another' },
      }));
      await fetch(`${amocrm.url}/api/v4/contacts/${contactId}/notes`, {
        method: 'POST',
        headers: { authorization: `Bearer ${amocrm.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(notes),
      });
    }
  }

  it('is found however many came later', async () => {
    const noteId = await note('contacts', await contactOf('9035557788'));
    await laterCalls(600, startedAtSeconds + 3600);
    expect(await find()).toMatchObject({ call: { noteId } });
  });

  it('is not looked for among what was written long before', async () => {
    await laterCalls(600, startedAtSeconds - 86_400);
    const { requestCount } = await amocrm.state();
    expect(await find()).toBeNull();
    expect((await amocrm.state()).requestCount - requestCount).toBe(3); // the contact, its notes, companies
  });

  it('is said to be unknown where there are more than are read', async () => {
    await laterCalls(10_000, startedAtSeconds + 3600);
    expect(await find()).toEqual({ isCut: true });
  }, 60_000);
});

describe('a record that stands for a call', () => {
  /** A call of the same client that began so much later and lasted so long. */
  const standing = (linkedid: string, laterSeconds: number, talkSeconds = 30) =>
    find({
      accountId: amocrm.url,
      startedAtSeconds: startedAtSeconds + laterSeconds,
      endedAtSeconds: startedAtSeconds + laterSeconds + 40,
      durationSeconds: talkSeconds,
      standsFor: { pbxId: amocrm.url, linkedid, durationsSeconds: [talkSeconds, 40], mostSecondsUnlike: 3 },
    });
  const noteAt = async (laterSeconds: number, duration = 30) =>
    note('contacts', await contactOf('9035557788'), { createdAtSeconds: startedAtSeconds + laterSeconds, duration });

  it('stands for no other, and for the same one as often as it is looked for', async () => {
    const noteId = await noteAt(0);
    for (const _ of ['at first', 'once more']) expect(await standing('1.1', 0)).toMatchObject({ call: { noteId } });
    expect(await standing('2.2', 60)).toBeNull();
  });

  it('is not one of another length', async () => {
    await noteAt(0, 20);
    expect(await standing('1.1', 0)).toBeNull();
  });

  it('goes to the call that it fits better, and the one that had it takes the next', async () => {
    const [first, second] = [await noteAt(60), await noteAt(120)];
    expect(await standing('1.1', 15)).toMatchObject({ call: { noteId: first } });
    expect(await standing('2.2', 61)).toMatchObject({ call: { noteId: first } });
    expect(await standing('1.1', 15)).toMatchObject({ call: { noteId: second } });
  });

  it('goes to one of many that look at once', async () => {
    await noteAt(0);
    const found = await Promise.all(['1.1', '2.2', '3.3', '4.4'].map((linkedid) => standing(linkedid, 0)));
    expect(found.filter((one) => one !== null)).toHaveLength(1);
  });
});
