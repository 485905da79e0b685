import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { createForgettings } from '../activities/store/forgettings.ts';
import { createLedger } from '../activities/store/ledger.ts';
import { createForgetActors } from '../runtime/forget-actors.ts';
import { backfillWorkflowType } from '../workflows/backfill/contract.ts';
import { forgetWorkflowId } from '../workflows/forget/contract.ts';
import { newCall, split, strangersNumber, timesRegistered, write } from './rig/calls.ts';
import { everythingInTemporal } from './rig/histories.ts';
import { type Installation, install } from './rig/installation.ts';
import { withRedis } from './rig/redis.ts';
import { runRingflow } from './rig/ringflow.ts';

jest.setTimeout(300_000);

let house: Installation;

beforeAll(async () => {
  house = await install();
  await Promise.all([house.startWorker(), house.startConnector()]);
});
afterAll(() => house.remove());

/** All that MySQL holds, as text. */
async function everythingInMysql(): Promise<string> {
  const { pool } = house.store;
  const [tables] = await pool.query<RowDataPacket[]>('SHOW TABLES');
  const rows = await Promise.all(
    tables.map(async (table) => (await pool.query(`SELECT * FROM \`${Object.values(table)[0]}\``))[0]),
  );
  return JSON.stringify(rows);
}

async function everythingInRedis(): Promise<string> {
  let all = '';
  await withRedis(async (redis) => {
    for (const name of await redis.keys('*')) {
      const value = await redis.get(name).catch(() => redis.hgetall(name).catch(() => null));
      all += JSON.stringify({ name, value });
    }
  });
  return all;
}

async function forgotten(accountId: string, phone: string) {
  const forgettings = createForgettings(house.store.pool);
  const id = await createForgetActors(house.temporal, forgettings).begin(accountId, phone, 'anna');
  await house.temporal.workflow.getHandle(forgetWorkflowId(accountId, id)).result();
  return (await forgettings.find(id))?.result;
}

it('of a person who is forgotten nothing is left, of others everything, and nothing is registered twice', async () => {
  const { accountId } = house;
  const [person, other] = [strangersNumber(), strangersNumber()];
  const ofPerson = ['in-direct-answered', 'in-caller-cancel'].map((scenario) =>
    newCall(scenario, { clientNumber: person }),
  );
  const ofOther = newCall('in-caller-cancel', { clientNumber: other });
  for (const call of [...ofPerson, ofOther]) await write(house, call.rows);
  expect(await timesRegistered(house, [...ofPerson, ofOther])).toEqual([1, 1, 1]);
  const before = [await everythingInMysql(), await everythingInRedis(), await everythingInTemporal(house.temporal)];
  for (const place of before) expect(place).toContain(person);

  expect(await forgotten(accountId, `+7 ${person}`)).toMatchObject({ calls: 2, running: [] });
  expect(await everythingInMysql()).not.toContain(person);
  expect(await everythingInRedis()).not.toContain(person);
  while ((await everythingInTemporal(house.temporal)).includes(person)) await sleep(500); // Temporal deletes a little later
  expect(await everythingInMysql()).toContain(other);
  expect(await everythingInTemporal(house.temporal)).toContain(other);
  expect(await house.journal(ofOther.linkedid)).toBeDefined();

  const [first] = ofPerson;
  await house.again(first?.linkedid ?? ''); // as a backfill, or rows that come late
  expect(
    (await house.amocrm.state()).calls.filter(({ uniq }) => uniq === `${house.pbxId}:${first?.linkedid}`),
  ).toHaveLength(1);
});

it('calls that the journal has let go are found by their histories, those of others stay', async () => {
  const [phone, other] = [strangersNumber(), strangersNumber()];
  const calls = [phone, other].map((clientNumber) => newCall('in-direct-answered', { clientNumber }));
  for (const call of calls) await write(house, call.rows);
  expect(await timesRegistered(house, calls)).toEqual([1, 1]);
  const linkedids = calls.map(({ linkedid }) => linkedid);
  await house.store.pool.query('DELETE FROM calls WHERE linkedid IN (?)', [linkedids]); // as after the days of retention
  const { accountId } = house;
  expect(await forgotten(accountId, `+7${phone}`)).toMatchObject({ calls: 0, histories: 1, running: [] });
  expect(await everythingInTemporal(house.temporal)).toContain(other);
});

it('what goes on and holds the person, or may bring them back, is named', async () => {
  const phone = strangersNumber();
  const call = newCall('in-direct-answered', { clientNumber: phone });
  const [talks, rest] = split(call.rows, ({ eventtype }) => eventtype === 'HANGUP');
  await write(house, talks);
  await house.shows(call.linkedid, /talking/);
  const workflowId = `backfill:${house.pbxId}:1..2`;
  const backfill = await house.temporal.workflow.start(backfillWorkflowType, { workflowId, taskQueue: 'nobody' });
  const { accountId } = house;
  const { running } = (await forgotten(accountId, `+7${phone}`)) ?? {};
  expect(running?.toSorted()).toEqual([workflowId, `call:${house.pbxId}:${call.linkedid}`]);
  await backfill.terminate();
  await write(house, rest);
  await house.closed(call.linkedid);
});

it('the command line tells first what there is, and deletes it unless it was only to look', async () => {
  const phone = strangersNumber();
  const call = newCall('in-caller-cancel', { clientNumber: phone });
  await write(house, call.rows);
  await house.closed(call.linkedid);
  const run = (...args: string[]) => runRingflow(house.environment, ['forget', `+7${phone}`, ...args]);
  expect((await run('--dry-run')).output).toContain('Found: 1 calls');
  expect(await house.journal(call.linkedid)).toBeDefined();
  const ledger = createLedger(house.store.pool);
  const lead = `lead:${house.accountId}:${phone}`;
  await ledger.begin(lead, 0); // nobody knows what became of it
  expect((await run()).output).toMatch(/Deleted: 1 calls,.*once more in some minutes: lead\nNot reached: cards/s);
  await ledger.done(lead, { leadId: 1 });
  expect((await run()).output).not.toContain('once more');
  expect(await everythingInMysql()).not.toContain(phone);
});
