import { randomUUID } from 'node:crypto';
import { type Amocrm, type AmocrmState, startAmocrm } from './rig/amocrm.ts';
import { startPart } from './rig/part.ts';
import { servers } from './rig/servers.ts';
import { startSlowWay } from './rig/slow-way.ts';

/** What amoCRM sees of several processes that all want more than it gives. */

jest.setTimeout(60_000);

let amocrm: Amocrm;
beforeEach(async () => {
  amocrm = await startAmocrm();
});
afterEach(() => amocrm.close());

/** Runs such a process to its end. */
async function hammer(account: string, lane: string, requests: number, url = amocrm.url): Promise<void> {
  const part = startPart('tests/rig/hammer.ts', {
    REDIS_URL: servers.redisUrl,
    AMOCRM_BASE_URL: url,
    AMOCRM_ACCESS_TOKEN: amocrm.token,
    ACCOUNT: account,
    LANE: lane,
    REQUESTS: String(requests),
  });
  await part.ended;
  expect(part.log()).toContain('failed: 0');
}

const arrivalsMs = ({ requests }: AmocrmState) =>
  requests.map(({ at, durationMs }) => Date.parse(at) - durationMs).sort((a, b) => a - b);

/** The most requests that arrived within any second. */
function mostInASecond(state: AmocrmState): number {
  const arrivals = arrivalsMs(state);
  return Math.max(...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + 1_000).length));
}

it.each([
  ['at once', 0],
  ['delayed on the way by up to 0.4 s', 400],
])('never sees more than 7 requests in a second, sent by three processes and %s', async (_, delayMs) => {
  const account = randomUUID();
  const way = await startSlowWay(amocrm.url, delayMs);
  await Promise.all(['cards', 'live', 'backfill'].map((lane) => hammer(account, lane, 14, way.url)));
  way.close();
  const state = await amocrm.state();
  expect(state.requests.map(({ status }) => status)).toEqual(Array(42).fill(200));
  expect(mostInASecond(state)).toBeLessThanOrEqual(7);
  expect(mostInASecond(state)).toBeGreaterThanOrEqual(4);
});
