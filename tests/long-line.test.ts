import { type AmiServer, startAmiServer } from './rig/ami-server.ts';
import { newCall, split, strangersNumber, type TestCall, timesRegistered, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { startLongWay } from './rig/long-way.ts';
import type { Part } from './rig/part.ts';

jest.setTimeout(180_000);

/** A PBX behind NAT: its database and its AMI are 100 ms away, each way, and the line drops. */

let house: Installation;
let ami: AmiServer;
let connector: Part;
let worker: Part;
let ways: Awaited<ReturnType<typeof startLongWay>>[];

beforeAll(async () => {
  [house, ami] = await Promise.all([install(), startAmiServer()]);
  const delayMs = 100;
  const toDatabase = await startLongWay(house.pbx.url, delayMs);
  const toAmi = await startLongWay(`tcp://127.0.0.1:${ami.access.port}`, delayMs);
  ways = [toDatabase, toAmi];
  const far = {
    PBX_DATABASE_URL: toDatabase.url,
    ...{ PBX_AMI_HOST: '127.0.0.1', PBX_AMI_PORT: new URL(toAmi.url).port },
    ...{ PBX_AMI_USER: ami.access.user, PBX_AMI_SECRET: ami.access.secret },
  };
  [worker, connector] = await Promise.all([house.startWorker(far), house.startConnector(far)]);
  await connector.said('calls can be placed');
});
afterAll(async () => {
  await house.remove();
  for (const way of ways) way.close();
  await ami.close();
});

const newClient = () => newCall('in-direct-answered', { clientNumber: strangersNumber() });
const parts = (call: TestCall) => split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
const cardOf = (call: TestCall) =>
  house.amocrm.until(({ cards }) => cards.some(({ phone }) => phone.endsWith(call.phone)), 'the card');

async function callWithCard(meanwhile: () => void = () => undefined): Promise<void> {
  const call = newClient();
  const [ringing, rest] = parts(call);
  await write(house, ringing);
  await cardOf(call);
  meanwhile();
  await write(house, rest);
  expect(await timesRegistered(house, [call])).toEqual([1]);
}

it('a call is shown while it rings, and registered once', () => callWithCard());

it('connections that break in mid-call cost nothing', async () => {
  for (let times = 0; times < 3; times++) await callWithCard(() => ways.map((way) => way.cut()));
});

it('when nothing has come through for ten seconds, and nobody was told, all is caught up with by itself', async () => {
  const [talks, missed] = [newClient(), newClient()];
  const [ringing, rest] = parts(talks);
  await write(house, ringing);
  await cardOf(talks);
  for (const way of ways) way.lose();
  await write(house, rest);
  await write(house, missed.rows);
  const isNoticed = [connector.said(/no answer in time/), connector.said(/AMI is away/)]; // some ten seconds
  await Promise.all(isNoticed);
  for (const way of ways) way.heal();
  expect(await timesRegistered(house, [talks, missed])).toEqual([1, 1]);
  await connector.said(/AMI is away[\s\S]*calls can be placed/);
  await callWithCard();
  expect(worker.log()).not.toMatch(/"level":50/);
});
