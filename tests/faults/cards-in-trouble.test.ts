import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { newCall, play, split, strangersNumber, type TestCall, write } from '../rig/calls.ts';
import { type Installation, installRunning } from '../rig/installation.ts';
import type { Part } from '../rig/part.ts';
import { servers } from '../rig/servers.ts';

jest.setTimeout(120_000);

/** amoCRM has trouble while a phone rings: a card comes once, if it is still wanted, or not at all. */

let house: Installation;
let worker: Part;
beforeAll(async () => {
  ({ house, worker } = await installRunning());
});
afterAll(() => house.remove());
afterEach(() => house.amocrm.clearFaults());

async function ring(client: string): Promise<{ call: TestCall; rest: TestCall['rows'] }> {
  const { call, ringing, rest } = callOf(client);
  await play(house, ringing);
  return { call, rest };
}

function callOf(clientNumber: string) {
  const call = newCall('in-direct-answered', { clientNumber });
  const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'ANSWER');
  return { call, ringing, rest };
}

const cardsOf = async (client: string) =>
  (await house.amocrm.state()).cards.filter(({ phone }) => phone.endsWith(client));

it('amoCRM takes a second to answer: the card is there once', async () => {
  const client = strangersNumber();
  await house.amocrm.fault({ match: 'POST /api/v2/events', kind: 'delay', delayMs: 1_000 });
  const { call, rest } = await ring(client);
  await worker.said(new RegExp(`${call.linkedid}.*"activity":"showCards".*done in amoCRM`));
  await write(house, rest);
  await house.closed(call.linkedid);
  expect(await cardsOf(client)).toHaveLength(1);
});

it('amoCRM says nothing, and the call is over meanwhile: no card comes after it', async () => {
  const client = strangersNumber();
  await house.amocrm.fault({ match: 'POST /api/v2/events', kind: 'hang' });
  const { call, rest } = await ring(client);
  await house.amocrm.until(({ requests }) => requests.some(({ fault }) => fault === 'hang'), 'a request for a card');
  await write(house, rest);
  await house.closed(call.linkedid);
  await worker.said(new RegExp(`"linkedid":"${call.linkedid}".*"activityType":"showCards".*did not answer in time`));
  const next = strangersNumber();
  await ring(next);
  await house.amocrm.until(({ cards }) => cards.some(({ phone }) => phone.endsWith(next)), 'the card of the next call');
  expect(await cardsOf(client)).toEqual([]);
});

it('a worker that is stopped for an update waits for the answer to a card', async () => {
  const other = await house.startWorker();
  const client = strangersNumber();
  await house.amocrm.fault({ match: 'POST /api/v2/events', kind: 'delay', delayMs: 2_000 });
  const { call, ringing, rest } = callOf(client);
  const redis = new Redis(servers.redisUrl);
  await write(house, ringing);
  while ((await redis.keys(`ringflow:card:${house.pbxId}:${call.linkedid}:*`)).length === 0) await sleep(10);
  await redis.quit();
  const stopped = await Promise.all([worker, other].map((part) => part.stop()));
  expect(stopped).toEqual([0, 0]);
  expect(await cardsOf(client)).toHaveLength(1);
  await house.startWorker();
  await write(house, rest);
  await house.closed(call.linkedid);
  expect(await cardsOf(client)).toHaveLength(1);
});
