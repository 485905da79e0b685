import { Redis } from 'ioredis';
import { createHeldBackCalls } from '../activities/store/held-back-calls.ts';
import { createPbxs } from '../activities/store/pbxs.ts';
import type { PermitClaims } from '../proto/licence/permit.ts';
import { createMakeUp } from '../runtime/make-up.ts';
import { makeUpWorkflowId } from '../workflows/make-up/contract.ts';
import { callsOf } from './rig/belongings.ts';
import { newCall, split, strangersNumber, write } from './rig/calls.ts';
import { type Installation, installRunning } from './rig/installation.ts';
import { givePermit } from './rig/permits.ts';
import { contact, register, rule, setRules } from './rig/rules.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(120_000);

/** What the licence holds back of calls stays in the journal, and is made up for. */

let house: Installation;
let redis: Redis;

beforeAll(async () => {
  ({ house } = await installRunning());
  redis = new Redis(servers.redisUrl);
});
afterAll(async () => {
  await house.remove();
  await redis.quit();
});

const [first, second, third] = [504141, 504142, 504143];
const card = rule([{ do: 'show-card' }], { phase: 'requested' });
const permit = (changes: Partial<PermitClaims> = {}) =>
  givePermit(house.store.pool, redis, String(house.environment.RINGFLOW_SECRET_KEYS), changes);
const restricted = () => permit({ kind: 'restricted', reason: 'term-over', seats: 0, features: [] });
const employees = { '101': first, '102': second, '103': third };
const seatsFor = (...seats: number[]) => setRules(house, [card, rule([register, contact])], { employees, seats });

/** An answered call of 101, with its card if it may have one. */
async function callTo101(client: string, hasCard: boolean): Promise<string> {
  const call = newCall('in-direct-answered', { clientNumber: client });
  const [ringing, rest] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
  const { cards } = await house.amocrm.state();
  await write(house, ringing);
  if (hasCard) await house.amocrm.until((now) => now.cards.length > cards.length, 'the card');
  await write(house, rest);
  await house.closed(call.linkedid);
  if (!hasCard) expect((await house.amocrm.state()).cards).toHaveLength(cards.length);
  return call.linkedid;
}

const registrationOf = async (linkedid: string) => (await house.journal(linkedid))?.registration;
const recordsFor = async (client: string) => callsOf(await house.amocrm.state(), client);

it('two named employees go on; calls of others stay in the journal, and are registered by doing them again', async () => {
  const client = strangersNumber();
  await house.amocrm.addContact(client);
  await restricted();
  await seatsFor(first, second);
  const served = await callTo101(client, true);
  expect(await registrationOf(served)).toMatchObject({ state: 'registered' });
  await seatsFor(second, third);
  const held = await callTo101(client, false);
  expect(await registrationOf(held)).toEqual({
    state: 'unlicensed',
    heldBack: [
      expect.objectContaining({
        deeds: expect.arrayContaining(['register-call', 'show-card']),
        why: 'no-seat',
        reason: 'term-over',
      }),
    ],
  });
  expect(await house.details(held)).toMatch(/Not registered: the licence[\s\S]*nobody who took part has a seat/);
  expect(await recordsFor(client)).toHaveLength(1);
  await permit();
  await house.again(held);
  expect(await registrationOf(held)).toMatchObject({ state: 'registered' });
  expect(await recordsFor(client)).toHaveLength(2);
});

it('all that was held back is registered at once, a few at a time and each once, but for what the licence still lacks', async () => {
  const client = strangersNumber();
  await house.amocrm.addContact(client);
  await restricted();
  await seatsFor(second, third);
  const held: string[] = [];
  for (let call = 0; call < 3; call++) held.push(await callTo101(client, false));
  const makeUp = createMakeUp(house.temporal, 100);
  const { accountId } = (await createPbxs(house.store.pool, undefined as never).find(house.pbxId)) ?? {};
  const account = String(accountId);
  const madeUp = async () => {
    await Promise.all([makeUp.start(account), makeUp.start(account)]);
    return house.temporal.workflow.getHandle(makeUpWorkflowId(account)).result();
  };
  expect(await madeUp()).toEqual({ takenUp: 0, leftAlone: 3 });
  await permit();
  expect(await createHeldBackCalls(house.store.pool).count([house.pbxId])).toBe(3);
  expect(await madeUp()).toEqual({ takenUp: 3, leftAlone: 0 });
  for (const linkedid of held) await house.closed(linkedid, 1);
  for (const linkedid of held) expect(await registrationOf(linkedid)).toMatchObject({ state: 'registered' });
  expect(await recordsFor(client)).toHaveLength(3);
  expect(await madeUp()).toEqual({ takenUp: 0, leftAlone: 0 });
});

it('a client whom amoCRM does not know is not made one while the licence lacks that', async () => {
  const client = strangersNumber();
  await restricted();
  await seatsFor(first);
  const held = await callTo101(client, true);
  expect(await registrationOf(held)).toMatchObject({ state: 'unlicensed', heldBack: [{ feature: 'crm-changes' }] });
  await permit();
  await house.again(held);
  expect(await registrationOf(held)).toMatchObject({ state: 'registered', entityType: 'contacts' });
});

it('nobody is cut off in the middle of a call: it keeps what it began with, and what was registered stays so', async () => {
  const client = strangersNumber();
  await permit();
  await seatsFor(third, second);
  const call = newCall('in-direct-answered', { clientNumber: client });
  const [ringing, rest] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
  const { cards } = await house.amocrm.state();
  await write(house, ringing);
  await house.amocrm.until((now) => now.cards.length > cards.length, 'the card');
  await restricted();
  await write(house, rest);
  await house.closed(call.linkedid);
  expect(await registrationOf(call.linkedid)).toMatchObject({ state: 'registered' });
  await house.again(call.linkedid);
  expect(await registrationOf(call.linkedid)).toMatchObject({ state: 'registered' });
  expect(await recordsFor(client)).toHaveLength(1);
  const next = await callTo101(client, false);
  expect(await registrationOf(next)).toMatchObject({ state: 'unlicensed' });
});

it('seats that become fewer in the middle of a call are those of the next one', async () => {
  const client = strangersNumber();
  await house.amocrm.addContact(client);
  await permit({ seats: 2 });
  await seatsFor(first, second);
  const call = newCall('in-direct-answered', { clientNumber: client });
  const [ringing, rest] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
  const { cards } = await house.amocrm.state();
  await write(house, ringing);
  await house.amocrm.until((now) => now.cards.length > cards.length, 'the card');
  await permit({ seats: 1 });
  await seatsFor(second);
  await write(house, rest);
  await house.closed(call.linkedid);
  expect(await registrationOf(call.linkedid)).toMatchObject({ state: 'registered' });
  expect(await registrationOf(await callTo101(client, false))).toMatchObject({ state: 'unlicensed' });
});

it('with more people than seats those who are not named first are left out, whatever the plan', async () => {
  const client = strangersNumber();
  await house.amocrm.addContact(client);
  await permit({ seats: 2 });
  await seatsFor(third);
  expect(await registrationOf(await callTo101(client, true))).toMatchObject({ state: 'registered' }); // 101 is next by number
  await seatsFor(third, second);
  expect(await registrationOf(await callTo101(client, false))).toMatchObject({
    ...{ state: 'unlicensed', heldBack: [{ why: 'no-seat', reason: null }] },
  });
});
