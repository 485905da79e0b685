import { Redis } from 'ioredis';
import { createReadings } from '../activities/store/readings.ts';
import { createSettingsChanges } from '../activities/store/settings-changes.ts';
import { createAccountActors } from '../runtime/account-actors.ts';
import { createClickActors } from '../runtime/click-actors.ts';
import { type AmiServer, amiVariables, startAmiServer } from './rig/ami-server.ts';
import { type Installation, install } from './rig/installation.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(60_000);

/** The clock of a PBX is not ours. Of calls that become one Asterisk keeps the oldest, and ids tell us which that is. */

const aheadMs = -600_000;
const redis = new Redis(servers.redisUrl);
let house: Installation;
let ami: AmiServer;

beforeAll(async () => {
  [house, ami] = await Promise.all([install(), startAmiServer()]);
  ami.on.Ping = (action, peer) => peer.answer(action, `Ping: Pong\nTimestamp: ${(Date.now() + aheadMs) / 1_000}`);
  ami.on.Originate = (action, peer) => peer.answer(action, 'Message: Originate successfully queued');
  const [, connector] = await Promise.all([house.startWorker(), house.startConnector(amiVariables(ami.access))]);
  await connector.said('calls can be placed');
});
afterAll(async () => {
  redis.disconnect();
  await house?.remove();
  await ami?.close();
});

it('the call of a click gets an id by which it is as old as the PBX takes it to be', async () => {
  const isKnown = async () => (await createReadings(redis).of([house.pbxId]))[0]?.amiClockAheadMs !== undefined;
  while (!(await isKnown())) await new Promise((resolve) => setTimeout(resolve, 50));
  const { accountId } = house;
  await createAccountActors(house.temporal, createSettingsChanges(house.store.pool, 'ru')).readCatalogue(accountId);
  const click = { accountId, requestId: 'click-1', userId: 504141, number: '89161234567' };
  const [order] = await Promise.all([ami.next('Originate'), createClickActors(house.temporal).begin(click)]);
  const madeAtMs = Number(order.ChannelId?.split('.')[0]) * 1_000;
  expect(Math.abs(madeAtMs - (Date.now() + aheadMs))).toBeLessThan(60_000);
});
