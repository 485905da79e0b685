import { randomBytes, randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { type AccountState, createAccounts } from '../activities/store/accounts.ts';
import { freePort } from '../bin/stack/free-port.ts';
import type { AccountSettings } from '../proto/account-settings.ts';
import { callWorkflowId } from '../workflows/call/contract.ts';
import { type Amocrm, startAmocrm } from './rig/amocrm.ts';
import { newCall, strangersNumber, type TestCall, write } from './rig/calls.ts';
import { type Installation, install, installPbx, randomPbxId, type TestPbx, timezone } from './rig/installation.ts';
import { follow } from './rig/oauth.ts';
import type { Part } from './rig/part.ts';
import { runRingflow } from './rig/ringflow.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(120_000);

/** One installation: the house with two PBXs, by a long-lived token, and a shop with one, connected by OAuth. */

let house: Installation;
let branch: TestPbx;
let shop: TestPbx;
let shopCrm: Amocrm;
let [houseId, shopId] = ['', ''];
let connector: Part;
let worker: Part;

const brokenId = randomPbxId();

beforeAll(async () => {
  const port = await freePort();
  const apiUrl = `http://127.0.0.1:${port}`;
  shopCrm = await startAmocrm();
  house = await install(() => ({
    RINGFLOW_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
    RINGFLOW_EMPLOYEES: '101:504146,102:504146,103:504146',
    API_PORT: String(port),
    PUBLIC_URL: apiUrl,
  }));
  [branch, shop] = await Promise.all([installPbx(house), installPbx(house)]);
  [houseId, shopId] = [house.accountId, new URL(shopCrm.url).host];
  [worker, connector] = await Promise.all([house.startWorker(), house.startConnector(), house.startApi()]);
  await connectShop(`${apiUrl}/oauth/amocrm`);
});
afterAll(async () => {
  await house.remove();
  await Promise.all([shopCrm.close(), branch.pbx.drop(), shop.pbx.drop()]);
});

async function connectShop(redirectUri: string): Promise<void> {
  const [clientId, clientSecret] = [randomUUID(), randomBytes(16).toString('hex')];
  await shopCrm.oauth.set({ clientId, clientSecret, redirectUri, disabledUrl: `${redirectUri}/disabled` });
  const integration = ['--client-id', clientId, '--redirect-uri', redirectUri];
  await ringflow(['account', 'add', shopCrm.url, ...integration], clientSecret);
  await allowShop();
}

/** As an administrator of the shop's account does. */
async function allowShop(): Promise<void> {
  const { page } = await follow((await ringflow(['account', 'connect', shopId])).output.trim());
  expect(page).toContain('amoCRM is connected');
}

async function ringflow(args: string[], input = '') {
  const answer = await runRingflow(house.environment, args, input);
  expect(answer).toMatchObject({ code: 0 });
  return answer;
}

const add = (pbxId: string, accountId: string, url: string) =>
  ringflow(['pbx', 'add', pbxId, '--account', accountId, '--timezone', timezone], url);
const saysOf = (pbxId: string, words: string) => connector.said(new RegExp(`"pbx":"${pbxId}".*${words}`));

async function comeIn(pbx: TestPbx, { clientNumber = strangersNumber() } = {}): Promise<TestCall> {
  const call = newCall('in-direct-answered', { clientNumber });
  await write(pbx, call.rows);
  return call;
}

/** A call of this PBX, once its actor has closed. */
async function told(pbx: TestPbx, changes: { clientNumber?: string } = {}): Promise<TestCall> {
  const call = await comeIn(pbx, changes);
  await pbx.closed(call.linkedid);
  return call;
}

/** The records of a call in both accounts. */
async function recordsOf(pbx: TestPbx, { linkedid }: TestCall) {
  const states = await Promise.all([house.amocrm.state(), shopCrm.state()]);
  const [inHouse, inShop] = states.map(({ calls }) => calls.filter(({ uniq }) => uniq === `${pbx.pbxId}:${linkedid}`));
  return { inHouse: inHouse ?? [], inShop: inShop ?? [] };
}

async function expectOnlyIn(place: 'house' | 'shop', pbx: TestPbx, call: TestCall): Promise<void> {
  await pbx.closed(call.linkedid);
  const { inHouse, inShop } = await recordsOf(pbx, call);
  const counts = { house: inHouse.length, shop: inShop.length };
  expect(counts).toEqual({ house: 0, shop: 0, [place]: 1 });
}

async function shopEntered(state: AccountState): Promise<void> {
  const accounts = createAccounts(house.store.pool);
  while ((await accounts.find(shopId))?.state !== state) await new Promise((resolve) => setTimeout(resolve, 100));
}

it('PBXs that are added while the connector runs are read, although one of them has no database', async () => {
  await Promise.all([
    add(brokenId, houseId, 'mysql://nobody:n0-s3cret@127.0.0.1:1/asteriskcdrdb'),
    add(branch.pbxId, houseId, branch.pbx.url),
    add(shop.pbxId, shopId, shop.pbx.url),
  ]);
  await saysOf(brokenId, 'nothing listens there');
  await Promise.all([branch, shop].map(({ pbxId }) => saysOf(pbxId, 'the CEL table is empty')));
  const lines = (await ringflow(['pbx', 'list'])).output.split('\n').map((line) => line.split('\t').slice(0, 2));
  expect(lines).toEqual(
    expect.arrayContaining([
      [house.pbxId, houseId],
      [branch.pbxId, houseId],
      [shop.pbxId, shopId],
    ]),
  );
});

it('calls are registered in the account of their PBX and in no other, for the users of that account', async () => {
  const calls = await Promise.all([house, branch, shop].map((pbx) => comeIn(pbx)));
  const [ofHouse, ofBranch, ofShop] = calls as [TestCall, TestCall, TestCall];
  await expectOnlyIn('house', house, ofHouse);
  await expectOnlyIn('house', branch, ofBranch);
  await expectOnlyIn('shop', shop, ofShop);
  const [inHouse] = (await recordsOf(branch, ofBranch)).inHouse;
  expect(inHouse?.responsibleUserId).toBe(504146); // as the environment says of its account
  const [inShop] = (await recordsOf(shop, ofShop)).inShop;
  const answeredBy = Number((await shop.journal(ofShop.linkedid))?.call.lastTalker);
  expect(inShop?.responsibleUserId).toBe(504040 + answeredBy); // as the users of the other have their phones
});

it('one client of both accounts has a contact in each; who spoke with one still waits for the call back of the other', async () => {
  const clientNumber = strangersNumber();
  await told(shop, { clientNumber });
  const missed = newCall('in-direct-no-answer', { clientNumber, startedAtMs: Date.now() - 3_600_000 });
  await write(house, missed.rows);
  await house.closed(missed.linkedid);
  const [inHouse, inShop] = await Promise.all([house.amocrm.state(), shopCrm.state()]);
  for (const { contacts } of [inHouse, inShop]) {
    expect(contacts.filter(({ phones }) => phones.some((phone) => phone.endsWith(clientNumber)))).toHaveLength(1);
  }
  expect(inHouse.tasks.filter(({ text }) => text.includes(clientNumber))).toMatchObject([{ isCompleted: false }]);
  expect(inShop.tasks.filter(({ text }) => text.includes(clientNumber))).toEqual([]);
});

it('rules of one account do not hold in the other', async () => {
  const exported = await ringflow(['settings', 'export', '-', '--account', shopId]);
  const before = JSON.parse(exported.output) as AccountSettings;
  const importInShop = (settings: AccountSettings) =>
    ringflow(['settings', 'import', '-', '--account', shopId], JSON.stringify(settings));
  await importInShop({ ...before, rules: [] });
  const [ofHouse, ofShop] = await Promise.all([told(house), told(shop)]);
  expect((await shop.journal(ofShop.linkedid))?.registration).toMatchObject({
    state: 'not-sent',
    reason: expect.stringContaining('No rule'),
  });
  await expectOnlyIn('house', house, ofHouse);
  await importInShop(before);
  await expectOnlyIn('shop', shop, await told(shop));
});

it('an account whose budget is used up leaves the other its own', async () => {
  const places = `ringflow:budget:token:${houseId}:places`;
  const redis = new Redis(servers.redisUrl);
  const inAnHourMs = Date.now() + 3_600_000;
  for (let i = 0; i < 6; i++) await redis.zadd(places, inAnHourMs, `taken-${i}`);
  const waiting = await comeIn(house);
  await expectOnlyIn('shop', shop, await told(shop));
  expect((await recordsOf(house, waiting)).inHouse).toEqual([]);
  await redis.del(places);
  await redis.quit();
  await expectOnlyIn('house', house, waiting);
});

it('an account that withdraws its permission lets its own calls wait alone; they are registered when it is back', async () => {
  await shopCrm.oauth.revoke();
  const waiting = await comeIn(shop);
  await shopEntered('reconnect-needed');
  await Promise.all([house, branch].map(async (pbx) => expectOnlyIn('house', pbx, await told(pbx))));
  expect((await recordsOf(shop, waiting)).inShop).toEqual([]);
  await allowShop();
  await expectOnlyIn('shop', shop, waiting);
});

it('a PBX that is removed is let go, and read on from there when it is added again', async () => {
  await ringflow(['pbx', 'remove', branch.pbxId]);
  await saysOf(branch.pbxId, 'it is let go');
  const redis = new Redis(servers.redisUrl);
  while ((await redis.exists(`ringflow:pbx:${branch.pbxId}:lease`)) > 0) await new Promise((r) => setTimeout(r, 100));
  await redis.quit();
  const unseen = await comeIn(branch);
  await expectOnlyIn('house', house, await told(house));
  const actor = house.temporal.workflow.getHandle(callWorkflowId(branch.pbxId, unseen.linkedid));
  await expect(actor.describe()).rejects.toThrow(/not found/);
  await add(branch.pbxId, houseId, branch.pbx.url);
  await expectOnlyIn('house', branch, unseen);
});

it('a blocked account delays its own calls, of all its PBXs, and none of the other', async () => {
  await house.amocrm.fault({ kind: 'html', status: 403, times: 1_000 });
  const waiting = await Promise.all([house, branch].map((pbx) => comeIn(pbx)));
  await worker.said('amoCRM has blocked the API of this account');
  await expectOnlyIn('shop', shop, await told(shop));
  const [ofHouse, ofBranch] = waiting as [TestCall, TestCall];
  expect((await recordsOf(house, ofHouse)).inHouse).toEqual([]);
  expect((await recordsOf(branch, ofBranch)).inHouse).toEqual([]);
});

it('no log tells how the databases are entered', () => {
  const log = house.parts.map((part) => part.log()).join('\n');
  expect(log).toContain(brokenId);
  expect(log).not.toContain('n0-s3cret');
  expect(log).not.toContain(new URL(shop.pbx.url).password);
});
