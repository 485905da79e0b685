import { parseArgs } from 'node:util';
import { createJournal } from '../activities/store/journal.ts';
import { startTestServers } from '../tests/setup/start-servers.ts';
import removeTestServers from '../tests/setup/stop-servers.ts';
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
const [callCount, requestCount] = [Number(values.calls), Number(values.requests)];

const reportCount = Math.ceil(requestCount / 15);

await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { startTestApi } = await import('../tests/rig/api.ts');
const { conversationOf, journalEntry } = await import('../tests/rig/journal-entry.ts');
const api = await startTestApi();
try {
  const [accountId, pbxIds] = ['shop.example', ['main', 'branch']];
  const written = 1_000;
  const newestMs = Date.UTC(2026, 10, 26);
  const apartMs = 60_000;
  const extensions = Array.from({ length: 40 }, (_, index) => String(101 + index));

  await api.accounts.add(accountId, `https://${accountId}`);
  for (const id of pbxIds) {
    const pbx = { account_id: accountId, cel_table: 'cel', cdr_table: 'cdr', timezone: 'Europe/Moscow' };
    await api.database.pool.query('INSERT INTO pbxs SET ?', [{ id, ...pbx }]);
  }
  const journal = createJournal(api.database.pool);
  for (let index = 0; index < written; index++) await journal.write(entryOf(index));
  await multiply();
  console.log(
    `${callCount} calls on ${pbxIds.length} PBXs; each figure of ${requestCount} requests, one after another`,
  );

  const admin = await api.person({});
  const head = await api.person({ role: 'head', extensions: extensions.slice(0, 15) });
  const list = `/api/accounts/${accountId}/calls`;
  const any = (most: number) => Math.floor(Math.random() * most);
  const number = () => phoneOf(any(callCount));
  const someMonth = () => newestMs - any(callCount) * apartMs;
  report('Journal: answers of the API, ms', {
    'newest page': await measure(admin, () => list),
    'a page at some time': await measure(admin, () => `${list}?toMs=${someMonth()}`),
    'by a whole phone': await measure(admin, () => `${list}?phone=%2B${number()}`),
    'by the last 4 digits': await measure(admin, () => `${list}?phone=${number().slice(-4)}`),
    'by digits within': await measure(admin, () => `${list}?phone=${number().slice(3, 9)}`),
    'by a phone nobody has': await measure(admin, () => `${list}?phone=555${any(1e6)}`),
    'by extension': await measure(admin, () => `${list}?extension=${extensions[any(extensions.length)]}`),
    'by extension and result': await measure(admin, () => `${list}?extension=${extensions[any(40)]}&result=voicemail`),
    'by result, missed': await measure(admin, () => `${list}?result=missed`),
    'by result, rare': await measure(admin, () => `${list}?result=voicemail`),
    'needs attention': await measure(admin, () => `${list}?registration=needs-attention`),
    'a head of 15 people': await measure(head, () => `${list}?toMs=${someMonth()}`),
    'a head, by a phone nobody has': await measure(head, () => `${list}?phone=555${any(1e6)}`),
    'the settings': await measure(admin, () => `/api/accounts/${accountId}/settings`),
    'how it stands': await measure(admin, () => `/api/accounts/${accountId}/state`),
    'numbers of ours': await measure(admin, () => `/api/accounts/${accountId}/numbers`),
    'one call': await measure(admin, () => {
      const [copy, index] = [any(callCount / written), any(written)];
      return `${list}/${pbxIds[index % 2]}/${linkedidOf(index, copy)}`;
    }),
  });

  const reports = `/api/accounts/${accountId}/reports`;
  const days = (count: number) => {
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    return `from=${day(newestMs - count * 86_400_000)}&to=${day(newestMs)}`;
  };
  const names = ['calls', 'employees', 'dids', 'missed'];
  const ofReports = names.flatMap((name) =>
    [
      { who: admin, of: 'a month', count: 30 },
      { who: head, of: 'a month, a head of 15 people', count: 30 },
      { who: admin, of: 'all', count: Math.min(365, Math.ceil((callCount * apartMs) / 86_400_000)) },
    ].map(({ who, of, count }) => ({ who, title: `${name} of ${of}`, url: `${reports}/${name}?${days(count)}` })),
  );
  const measured: Record<string, Awaited<ReturnType<typeof measure>>> = {};
  for (const { who, title, url } of ofReports) measured[title] = await measure(who, () => url, reportCount);
  report('Journal: reports, ms', measured);

  async function measure(person: { send: typeof admin.send }, url: () => string, count = requestCount) {
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
      'p50, ms': ms(50),
      'p95, ms': ms(95),
      'p99, ms': ms(99),
      'calls found': Math.round(rows / (count + warmUp)),
    };
  }

  /** Two of three clients call more than once. */
  function phoneOf(index: number): string {
    return `79${String((index % Math.ceil(callCount / 3)) * 29_311 + 100_000_000).slice(-9)}`;
  }

  /** As Asterisk names calls: by the second in which they begin, so that those of one time lie together. */
  function linkedidOf(index: number, copy: number): string {
    return `${(newestMs - (copy * written + index) * apartMs) / 1_000}.1`;
  }

  function entryOf(index: number) {
    const ringing = [0, 1, 2].map((step) => extensions[(index + step) % extensions.length] as string);
    const startedAtMs = newestMs - index * apartMs;
    const talked = index % 3 !== 0 ? (ringing[0] as string) : null;
    const call = {
      ...{ pbxId: pbxIds[index % 2] as string, linkedid: linkedidOf(index, 0), externalNumber: phoneOf(index) },
      ...{ startedAtMs, answeredBy: talked, rang: ringing, firstRinging: ringing },
      conversations: ringing.map((extension) => conversationOf(extension, startedAtMs, extension === talked)),
      result: index % 500 === 0 ? ('voicemail' as const) : talked ? ('answered' as const) : ('missed' as const),
    };
    const refused = { state: 'needs-attention' as const, reason: 'amoCRM does not take the field.' };
    return index % 333 === 0 ? journalEntry(call, refused) : journalEntry(call);
  }

  /** Copies what was written until there are as many calls as are wanted, each earlier, of another client. */
  async function multiply(): Promise<void> {
    await api.database.pool.query(`CREATE TABLE first_calls AS SELECT * FROM calls;
      CREATE TABLE first_extensions AS SELECT * FROM call_extensions`);
    for (let copy = 1; copy < callCount / written; copy++) {
      const linkedid = `CONCAT(CAST(SUBSTRING_INDEX(linkedid, '.', 1) AS INT) - ${(copy * written * apartMs) / 1_000}, '.1')`;
      const startedAt = `started_at - INTERVAL ${copy * written * apartMs * 1_000} MICROSECOND`;
      const number = `CONCAT('79', RIGHT(CAST(RIGHT(external_number, 9) AS INT) + ${copy * written * 29_311}, 9))`;
      await api.database.pool.query(
        `INSERT INTO calls (pbx_id, linkedid, workflow_id, started_at, ended_at, direction, external_number, result,
           registration_state, \`call\`, registration, cel_row_ids)
         SELECT pbx_id, ${linkedid}, CONCAT('call:', pbx_id, ':', ${linkedid}), ${startedAt}, ended_at, direction, ${number},
           result, registration_state, JSON_REPLACE(\`call\`, '$.linkedid', ${linkedid}, '$.externalNumber', ${number}),
           registration, cel_row_ids FROM first_calls`,
      );
      await api.database.pool.query(
        `INSERT INTO call_extensions (pbx_id, linkedid, extension, started_at, direction, result, was_asked, has_called,
           has_talked, talk_seconds)
         SELECT pbx_id, ${linkedid}, extension, ${startedAt}, direction, result, was_asked, has_called, has_talked,
           talk_seconds FROM first_extensions`,
      );
    }
    const endings = Array.from(
      { length: 9 },
      (_, place) => `SELECT pbx_id, SUBSTRING(external_number, ${place + 1}), external_number FROM calls`,
    );
    await api.database.pool.query(`INSERT IGNORE INTO phone_endings ${endings.join(' UNION ')}`);
    await api.database.pool.query('ANALYZE TABLE calls, call_extensions, phone_endings');
  }
} finally {
  await api.close();
  await removeTestServers();
}
