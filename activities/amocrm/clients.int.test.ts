import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { ChangeEntity } from '../../proto/crm-action.ts';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { hurriedClientOf } from '../../tests/rig/amocrm-client.ts';
import { setUpAmocrmWorkshop, strangerPhone } from '../../tests/rig/amocrm-workshop.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { type ClosedLeads, createClosedLeads } from '../store/closed-leads.ts';
import { createKnownClients } from '../store/known-clients.ts';
import type { AmocrmClient } from './client.ts';
import { askForClient, type FoundClient, findOpenLead } from './clients.ts';

const won = 142;

let database: Database;
let redis: Redis;
beforeAll(async () => {
  database = await createStoreDatabase();
  redis = new Redis(servers.redisUrl);
});
afterAll(async () => {
  await redis.quit();
  await database.drop();
});

describe('before a lead is made', () => {
  let amocrm: Amocrm;
  let client: AmocrmClient;
  let accountId: string;
  let closedLeads: ClosedLeads;
  beforeEach(async () => {
    amocrm = await startAmocrm({ requestsPerSecond: 1_000 });
    client = hurriedClientOf(amocrm);
    accountId = randomUUID();
    closedLeads = createClosedLeads(redis)(accountId);
  });
  afterEach(() => amocrm.close());

  const openLead = async (phone: string) =>
    findOpenLead(client, closedLeads, phone, (await askForClient(client, closedLeads, phone)) as FoundClient);
  const asked = async () =>
    (await amocrm.state()).requests.filter(({ path, status }) => /leads\/\d+$/.test(path) && status === 200).length;
  const addLead = (name: string, contactId: number) => amocrm.addLead({ name, contactIds: [contactId] });
  const addWon = async (count: number, contactId: number) => {
    for (let made = 0; made < count; made++)
      await amocrm.changeLead(await addLead('Won', contactId), { statusId: won });
  };

  it('the open one is found behind many newer ones that are won', async () => {
    const phone = strangerPhone();
    const contactId = await amocrm.addContact(phone);
    const open = await addLead('Old', contactId);
    await addWon(11, contactId);
    expect(await openLead(phone)).toBe(open);
  });

  it('the open one is found on another contact of the same phone', async () => {
    const phone = strangerPhone();
    await addWon(1, await amocrm.addContact(phone));
    const open = await addLead('Theirs', await amocrm.addContact(phone, 'The other'));
    expect(await openLead(phone)).toBe(open);
  });

  it('there is none where all are won, and each is asked about once', async () => {
    const phone = strangerPhone();
    await addWon(12, await amocrm.addContact(phone));
    expect(await openLead(phone)).toBeUndefined();
    expect(await asked()).toBe(12);
  });

  it('whoever tries again after amoCRM asked for fewer requests asks only about the rest', async () => {
    const phone = strangerPhone();
    const contactId = await amocrm.addContact(phone);
    const oldest = await addLead('Won', contactId);
    await amocrm.changeLead(oldest, { statusId: won });
    await addWon(30, contactId);
    await amocrm.fault({ match: `GET /api/v4/leads/${oldest}`, kind: 'status', status: 429 });
    await expect(openLead(phone)).rejects.toMatchObject({ code: 'RateLimited' });
    expect(await asked()).toBe(30);
    expect(await openLead(phone)).toBeUndefined();
    expect(await asked()).toBe(31);
  });

  it('one that was opened again is asked about again as soon as that is heard', async () => {
    const phone = strangerPhone();
    const leadId = await addLead('Won', await amocrm.addContact(phone));
    await amocrm.changeLead(leadId, { statusId: won });
    expect(await openLead(phone)).toBeUndefined();
    await amocrm.changeLead(leadId, { statusId: 8000110 });
    await createKnownClients(database.pool, redis).forgetEntities(accountId, [
      { entityType: 'leads', entityId: leadId },
    ]);
    expect(await openLead(phone)).toBe(leadId);
  });

  it('so many that not all can be asked about are told in words', async () => {
    const phone = strangerPhone();
    await addWon(61, await amocrm.addContact(phone));
    await expect(openLead(phone)).rejects.toMatchObject({
      isHopeless: true,
      message: expect.stringMatching(/not certain .* of 61 leads/),
    });
  });
});

describe('a short number', () => {
  it('is found behind a page of longer ones that have it in them', async () => {
    const amocrm = await startAmocrm();
    for (let each = 0; each < 260; each++) await amocrm.addContact(`7495123${1000 + each}`);
    const id = await amocrm.addContact('495123');
    const closedLeads = createClosedLeads(redis)(randomUUID());
    expect(await askForClient(hurriedClientOf(amocrm), closedLeads, '495123')).toMatchObject({ entityId: id });
    await amocrm.close();
  });
});

describe('a change of what is known from earlier', () => {
  const shop = setUpAmocrmWorkshop();
  const make = (phone: string, changes: Partial<ChangeEntity>) => {
    const effect = randomUUID();
    const change: ChangeEntity = { kind: 'change', effect, phone, target: 'client', tags: [], ...changes };
    return shop.activities.changeEntity({ accountId: shop.accountId, key: effect, change });
  };
  const know = (phone: string) => shop.activities.askForClient({ accountId: shop.accountId, phone });

  it('opens no lead again that was won meanwhile', async () => {
    const phone = strangerPhone();
    const leadId = await shop.amocrm.addLead({ name: 'Own', contactIds: [await shop.amocrm.addContact(phone)] });
    await know(phone);
    const { statusId, pipelineId } = (await shop.amocrm.state()).leads.find(({ id }) => id === leadId) ?? {};
    await shop.amocrm.changeLead(leadId, { statusId: won });
    const status = { statusId: Number(statusId), pipelineId: Number(pipelineId) };
    expect(await make(phone, { target: 'lead', status })).toEqual({ changed: null });
    expect((await shop.amocrm.state()).leads.find(({ id }) => id === leadId)).toMatchObject({ statusId: won });
  });

  it('comes to the client who is there now if the old one was deleted', async () => {
    const phone = strangerPhone();
    const [old, young] = [await shop.amocrm.addContact(phone), await shop.amocrm.addContact(phone)];
    await know(phone);
    await shop.amocrm.deleteContact(old);
    expect(await make(phone, { tags: ['vip'] })).toEqual({ changed: { entityType: 'contacts', entityId: young } });
    const { contacts } = await shop.amocrm.state();
    expect(contacts.find(({ id }) => id === young)).toMatchObject({ tags: ['vip'] });
  });

  it('is left out if the client was deleted and nobody has the phone', async () => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    await know(phone);
    await shop.amocrm.deleteContact(contactId);
    expect(await make(phone, { tags: ['vip'] })).toEqual({ changed: null });
  });
});

describe('who has a phone', () => {
  const shop = setUpAmocrmWorkshop();
  const know = (phone: string) => shop.activities.askForClient({ accountId: shop.accountId, phone });
  const asked = async () => (await shop.amocrm.state()).requestCount;

  it('is not asked again where amoCRM has just said that nobody has it', async () => {
    const phone = strangerPhone();
    const before = await asked();
    await know(phone);
    const after = await asked();
    expect(await know(phone)).toBeNull();
    expect([after > before, await asked()]).toEqual([true, after]);
  });

  it('is asked again where somebody had it, who may have given it away', async () => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    await know(phone);
    await shop.amocrm.deleteContact(contactId);
    expect(await know(phone)).toBeNull();
  });
});
