import { parseArgs } from 'node:util';
import { startTestServers } from '../tests/setup/start-servers.ts';
import removeTestServers from '../tests/setup/stop-servers.ts';
import type { Extent } from './load/long-journal.ts';
import { report } from './load/report.ts';
import { percentile } from './load/statistics.ts';

/**
 * How long the API takes to answer from a journal of very many calls: a page of the list, found in several ways, and
 * one call; and to count calls in reports of a month, and of all.
 *
 * bin/bench journal [--calls 100000] [--requests 300]
 */

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '100000' }, requests: { type: 'string', default: '300' } },
});
/** The first requests pay for what is loaded once. */
const warmUp = 5;
const dayMs = 86_400_000;
const [calls, requestCount] = [Number(values.calls), Number(values.requests)];
const reportCount = Math.ceil(requestCount / 15);
const accountId = 'shop.example';
const extensions = Array.from({ length: 40 }, (_, index) => String(101 + index));
const extent: Extent = { pbxIds: ['main', 'branch'], extensions, calls, newestMs: Date.UTC(2026, 10, 26) };

await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { startTestApi } = await import('../tests/rig/api.ts');
const { anyCallOf, anyPhoneOf, apartMs, writeLongJournal } = await import('./load/long-journal.ts');
const api = await startTestApi();
try {
  await api.accounts.add(accountId, `https://${accountId}`);
  for (const id of extent.pbxIds) {
    const pbx = { account_id: accountId, cel_table: 'cel', cdr_table: 'cdr', timezone: 'Europe/Moscow' };
    await api.database.pool.query('INSERT INTO pbxs SET ?', [{ id, ...pbx }]);
  }
  await writeLongJournal(api.database.pool, extent);
  console.log(`${calls} calls on ${extent.pbxIds.length} PBXs; each figure of ${requestCount} requests, one by one`);
  const admin = await api.person({});
  const head = await api.person({ role: 'head', extensions: extensions.slice(0, 15) });
  report('Journal: answers of the API, ms', await measureList(admin, head));
  report('Journal: reports, ms', await measureReports(admin, head));
} finally {
  await api.close();
  await removeTestServers();
}

type Person = Pick<Awaited<ReturnType<typeof api.person>>, 'send'>;

async function measureList(admin: Person, head: Person) {
  const account = `/api/accounts/${accountId}`;
  const list = `${account}/calls`;
  const any = (most: number) => Math.floor(Math.random() * most);
  const anyExtension = () => extensions[any(extensions.length)];
  const someMonth = () => extent.newestMs - any(calls) * apartMs;
  const number = () => anyPhoneOf(extent);
  return {
    'newest page': await measure(admin, () => list),
    'a page at some time': await measure(admin, () => `${list}?toMs=${someMonth()}`),
    'by a whole phone': await measure(admin, () => `${list}?phone=%2B${number()}`),
    'by the last 4 digits': await measure(admin, () => `${list}?phone=${number().slice(-4)}`),
    'by digits within': await measure(admin, () => `${list}?phone=${number().slice(3, 9)}`),
    'by a phone nobody has': await measure(admin, () => `${list}?phone=555${any(1e6)}`),
    'by extension': await measure(admin, () => `${list}?extension=${anyExtension()}`),
    'by extension and result': await measure(admin, () => `${list}?extension=${anyExtension()}&result=voicemail`),
    'by result, missed': await measure(admin, () => `${list}?result=missed`),
    'by result, rare': await measure(admin, () => `${list}?result=voicemail`),
    'needs attention': await measure(admin, () => `${list}?registration=needs-attention`),
    'a head of 15 people': await measure(head, () => `${list}?toMs=${someMonth()}`),
    'a head, by a phone nobody has': await measure(head, () => `${list}?phone=555${any(1e6)}`),
    'the settings': await measure(admin, () => `${account}/settings`),
    'how it stands': await measure(admin, () => `${account}/state`),
    'numbers of ours': await measure(admin, () => `${account}/numbers`),
    'one call': await measure(admin, () => {
      const { pbxId, linkedid } = anyCallOf(extent);
      return `${list}/${pbxId}/${linkedid}`;
    }),
  };
}

async function measureReports(admin: Person, head: Person) {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const days = (count: number) => `from=${day(extent.newestMs - count * dayMs)}&to=${day(extent.newestMs)}`;
  const allDays = Math.min(365, Math.ceil((calls * apartMs) / dayMs));
  const measured: Record<string, Awaited<ReturnType<typeof measure>>> = {};
  for (const name of ['calls', 'employees', 'dids', 'missed']) {
    const url = (count: number) => () => `/api/accounts/${accountId}/reports/${name}?${days(count)}`;
    measured[`${name} of a month`] = await measure(admin, url(30), reportCount);
    measured[`${name} of a month, a head of 15 people`] = await measure(head, url(30), reportCount);
    measured[`${name} of all`] = await measure(admin, url(allDays), reportCount);
  }
  return measured;
}

async function measure(person: Person, url: () => string, count = requestCount) {
  const times: number[] = [];
  let rows = 0;
  for (let request = -warmUp; request < count; request++) {
    const asked = url();
    const from = performance.now();
    const answer = await person.send('GET', asked);
    if (request >= 0) times.push(performance.now() - from);
    if (answer.statusCode !== 200) throw new Error(`${asked}: ${answer.statusCode} ${answer.body}`);
    rows += answer.json().calls?.length ?? 1;
  }
  const ms = (percent: number) => Number(percentile(times, percent).toFixed(1));
  return {
    ...{ 'p50, ms': ms(50), 'p95, ms': ms(95), 'p99, ms': ms(99) },
    'calls found': Math.round(rows / (count + warmUp)),
  };
}
