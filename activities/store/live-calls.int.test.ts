import { Redis } from 'ioredis';
import type { LiveCall } from '../../proto/live-call.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createLiveCalls, type LiveCalls, liveChannel, readLiveChange } from './live-calls.ts';

let redis: Redis;
let live: LiveCalls;
let pbxId: string;

beforeAll(() => {
  redis = new Redis(servers.redisUrl);
  live = createLiveCalls(redis);
});
beforeEach(() => {
  pbxId = `pbx-${Math.random().toString(36).slice(2)}`;
});
afterAll(() => redis.disconnect());

const call = (extension: string): LiveCall => ({
  ...{ pbxId, linkedid: '1.1', direction: 'inbound', externalNumber: '79161234567', client: null, did: null },
  ...{ callerExtension: null, calledExtension: null, startedAtMs: 1_000, queue: null, transfer: null },
  parts: [{ extension, doing: 'rings', sinceMs: 1_000 }],
  extensions: [extension],
});
const own = (atMs: number) => ({ teller: 'own', atMs, isOwn: true });
const others = (atMs: number) => ({ teller: 'older', atMs, isOwn: false });
const now = Date.now();
const told = async () => (await live.read(pbxId)).entries.map((entry) => entry.call.parts[0]?.extension);

it('what is told late does not take the place of what is newer', async () => {
  await live.tell(call('102'), own(now + 2));
  await live.tell(call('101'), own(now + 1));
  expect(await told()).toEqual(['102']);
  await live.tell(call('103'), own(now + 2)); // the same moment, told after it
  expect(await told()).toEqual(['103']);
});

it('what is over does not come back by what was told before its end', async () => {
  await live.tell(call('101'), own(now));
  await live.over(pbxId, '1.1', true);
  await live.tell(call('101'), own(now));
  expect(await told()).toEqual([]);
  await live.tell(call('102'), own(Date.now() + 60_000)); // it was not over after all
  expect(await told()).toEqual(['102']);
});

it('is over for certain, however wrong the clock of whoever says so', async () => {
  await live.tell(call('101'), own(now + 3_600_000));
  await live.over(pbxId, '1.1', true);
  await live.tell(call('101'), own(now + 3_600_000));
  expect(await told()).toEqual([]);
});

it('the actor of the older call knows more, and what it tells only it lets go', async () => {
  await live.tell(call('101'), own(now));
  await live.tell(call('102'), others(now - 1));
  await live.tell(call('101'), own(now + 1));
  expect(await told()).toEqual(['102']);
  await live.letGo(pbxId, '1.1', 'own');
  expect(await told()).toEqual(['102']);
  await live.letGo(pbxId, '1.1', 'older');
  expect(await told()).toEqual([]);
});

it('each change is heard, in order, and what others write there is passed over', async () => {
  const listening = redis.duplicate();
  const heard: string[] = [];
  const isOver = new Promise<void>((resolve) => {
    listening.on('message', (_, text: string) => {
      const change = readLiveChange(text);
      if (change && change.pbxId !== pbxId) return; // another test's
      heard.push(change ? (change.entry?.call.parts[0]?.extension ?? `over ${change.isInJournal}`) : 'unreadable');
      if (heard.includes('over true')) resolve();
    });
  });
  await listening.subscribe(liveChannel);
  await redis.publish(liveChannel, '{"pbxId": 7}');
  await live.tell(call('101'), own(now));
  await live.tell(call('102'), own(now + 1));
  await live.over(pbxId, '1.1', true);
  await isOver;
  listening.disconnect();
  expect(heard).toEqual(['unreadable', '101', '102', 'over true']);
});

it('says that it is not whole until somebody has filled it, and gives everybody the turn at once when it was emptied', async () => {
  expect((await live.read(pbxId)).isWhole).toBe(false);
  expect([await live.takeTurn(pbxId, 60_000), await live.takeTurn(pbxId, 60_000)]).toEqual([true, false]);
  await live.noteWhole(pbxId);
  expect((await live.read(pbxId)).isWhole).toBe(true);
});
