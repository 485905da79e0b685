import type { Redis } from 'ioredis';
import { createLiveCalls } from '../activities/store/live-calls.ts';
import { createSessions } from '../activities/store/sessions.ts';
import { createUsers } from '../activities/store/users.ts';
import { freePort } from '../bin/stack/free-port.ts';
import type { UserDescription } from '../proto/user.ts';
import { newCall, split, strangersNumber, type TestCall, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { type Follower, followCalls } from './rig/live.ts';
import type { Part } from './rig/part.ts';
import { withRedis } from './rig/redis.ts';

jest.setTimeout(120_000);

/** Calls are followed as they go on, whatever crashes meanwhile. */

let house: Installation;
let url: string;
let api: Part;
let worker: Part;
let accountId: string;
const followers: Follower[] = [];
/** Somebody whose session ends while the other tests go on. */
let lapsed: { follower: Follower; cookie: string };

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  house = await install(() => ({ API_PORT: String(port), PUBLIC_URL: url }));
  accountId = house.accountId;
  [worker, api] = await Promise.all([house.startWorker(), house.startApi(), house.startConnector()]);
});
afterEach(() => {
  for (const follower of followers.splice(0)) follower.leave();
});
afterAll(() => house.remove());

async function person(description: Partial<UserDescription>) {
  const login = `p${Math.random().toString(36).slice(2)}`;
  const whole = { login, name: 'Somebody', role: 'viewer' as const, extensions: [], accounts: null, ...description };
  const user = await createUsers(house.store.pool).add(whole);
  const sessions = createSessions(house.store.pool);
  return { user, cookie: `ringflow_session=${await sessions.begin(user?.id as number, '::1', 'tests')}` };
}

async function follow(description: Partial<UserDescription> = {}): Promise<Follower> {
  const follower = await followCalls(url, accountId, (await person(description)).cookie);
  followers.push(follower);
  return follower;
}

/** A call to 101 that rings, and its rows from the answer on, and from the end on. */
function direct(): { call: TestCall; ringing: TestCall['rows']; answered: TestCall['rows']; rest: TestCall['rows'] } {
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const [ringing, later] = split(call.rows, (row) => row.eventtype === 'ANSWER');
  const [answered, rest] = split(later, (row) => row.eventtype === 'BRIDGE_EXIT' || row.eventtype === 'HANGUP');
  return { call, ringing, answered, rest };
}

const does = (follower: Follower, { linkedid }: TestCall) =>
  follower.calls
    .get(linkedid)
    ?.parts.map(({ extension, doing }) => `${extension} ${doing}`)
    .join();

it('a call is seen while it rings and while somebody talks, and vanishes when it is over', async () => {
  const anna = await follow();
  const { call, ringing, answered, rest } = direct();
  await write(house, ringing);
  await anna.until(() => does(anna, call) === '101 rings');
  expect(anna.calls.get(call.linkedid)).toMatchObject({ direction: 'inbound', externalNumber: `7${call.phone}` });
  await write(house, answered);
  await anna.until(() => does(anna, call) === '101 talks');
  await write(house, rest);
  await anna.until(() => !anna.calls.has(call.linkedid));
  await anna.until(() => anna.heard.some(({ linkedid, isInJournal }) => linkedid === call.linkedid && isInJournal));
  expect(await house.journal(call.linkedid)).toBeDefined();
  const ids = anna.heard.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  await house.closed(call.linkedid);
});

it('whoever comes later, or again after the API was killed, sees the same', async () => {
  const early = await follow();
  const { call, ringing, answered, rest } = direct();
  await write(house, ringing);
  await early.until(() => does(early, call) === '101 rings');
  const late = await follow();
  expect(late.calls.get(call.linkedid)).toEqual(early.calls.get(call.linkedid));
  await api.kill();
  await early.ended;
  await write(house, answered); // nobody hears of it
  await house.shows(call.linkedid, /talking with/);
  api = await house.startApi();
  const again = await follow();
  expect(does(again, call)).toBe('101 talks');
  await write(house, rest);
  await again.until(() => !again.calls.has(call.linkedid));
  await house.closed(call.linkedid);
});

it('a person whose session ends is told of calls until then', async () => {
  const { user, cookie } = await person({});
  lapsed = { follower: await followCalls(url, accountId, cookie), cookie };
  await house.store.pool.query('DELETE FROM sessions WHERE user_id = ?', [user?.id]);
});

it('the worker is killed in the middle of a call, and it is seen to go on and to end', async () => {
  const anna = await follow();
  const { call, ringing, answered, rest } = direct();
  await write(house, ringing);
  await anna.until(() => does(anna, call) === '101 rings');
  await worker.kill();
  await write(house, answered);
  worker = await house.startWorker();
  await anna.until(() => does(anna, call) === '101 talks');
  await write(house, rest);
  await anna.until(() => !anna.calls.has(call.linkedid));
  await house.closed(call.linkedid);
});

it('Redis is emptied, and the call that goes on is there again without a word of it; the others do not flicker', async () => {
  const anna = await follow();
  const { call, ringing, rest, answered } = direct();
  await write(house, ringing);
  await anna.until(() => does(anna, call) === '101 rings');
  const heardBefore = anna.heard.length;
  await house.emptyRedis();
  await withRedis(async (redis: Redis) => {
    while ((await createLiveCalls(redis).read(house.pbxId)).entries.length === 0) await nextMoment();
  });
  const late = await follow();
  expect(does(late, call)).toBe('101 rings');
  expect(anna.heard.slice(heardBefore).filter(({ event }) => event === 'over')).toEqual([]);
  await write(house, [...answered, ...rest]);
  await anna.until(() => !anna.calls.has(call.linkedid));
  await house.closed(call.linkedid);
});

it('what an actor that is gone has told vanishes with the next look', async () => {
  const anna = await follow();
  const { call, ringing } = direct();
  await write(house, ringing);
  await anna.until(() => does(anna, call) === '101 rings');
  await house.temporal.workflow.getHandle(`call:${house.pbxId}:${call.linkedid}`).terminate();
  await withRedis((redis) => redis.del(`ringflow:live:${house.pbxId}:turn`)); // else it is looked every 20 seconds
  await anna.until(() => !anna.calls.has(call.linkedid));
});

it('a head sees the calls of their own people alone, from the moment in which they take part', async () => {
  const [head, other] = await Promise.all([
    follow({ role: 'head', extensions: ['103'] }),
    follow({ role: 'head', extensions: ['109'] }),
  ]);
  const call = newCall('xfer-blind-answered', { clientNumber: strangersNumber() });
  const [before, after] = split(call.rows, (row) => row.eventtype === 'BLINDTRANSFER');
  await write(house, before);
  await house.shows(call.linkedid, /talking with/);
  expect(head.calls.size).toBe(0);
  const [ringing, rest] = split(after, (row) => row.eventtype === 'LINKEDID_END');
  await write(house, ringing);
  await head.until(() => head.heard.some(({ linkedid }) => linkedid === call.linkedid));
  await write(house, rest);
  await head.until(() => head.heard.some(({ event }) => event === 'over'));
  expect(other.heard.filter(({ event }) => event !== 'beat').map(({ event }) => event)).toEqual(['snapshot']);
  await house.closed(call.linkedid);
});

it('a stream ends soon after the session of its person', async () => {
  await lapsed.follower.ended;
  await expect(followCalls(url, accountId, lapsed.cookie)).rejects.toThrow('401');
});

it('nobody keeps more streams open than a person needs', async () => {
  const { cookie } = await person({});
  for (let count = 0; count < 10; count++) followers.push(await followCalls(url, accountId, cookie));
  await expect(followCalls(url, accountId, cookie)).rejects.toThrow(/429.*too-many-streams/);
  followers.pop()?.leave();
  while ((await followCalls(url, accountId, cookie).catch(() => undefined)) === undefined) await nextMoment();
});

const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 100));
