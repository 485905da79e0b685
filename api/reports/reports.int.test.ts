import fc from 'fast-check';
import { createJournal } from '../../activities/store/journal.ts';
import { migrate } from '../../activities/store/migrate.ts';
import { openMysql } from '../../activities/store/mysql.ts';
import type { Call } from '../../proto/call.ts';
import { extensionsOf } from '../../proto/journal.ts';
import { utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { createStoreDatabase } from '../../tests/rig/databases.ts';
import { conversationOf, journalEntry } from '../../tests/rig/journal-entry.ts';

jest.setTimeout(60_000);

let api: TestApi;
let admin: Visitor;
const account = 'shop.example';
const zone = 'Europe/Berlin'; // its clocks go back on 25 October 2026
const pbxs = ['main', 'branch'];

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.person({});
  await api.accounts.add(account, `https://${account}`);
  for (const id of pbxs) {
    const tables = { cel_table: 'cel', cdr_table: 'cdr', timezone: zone };
    await api.database.pool.query('INSERT INTO pbxs SET ?', [{ id, account_id: account, ...tables }]);
  }
});
beforeEach(() => api.database.pool.query('DELETE FROM calls'));
afterAll(() => api.close());

let serial = 0;
async function write(changes: Partial<Call>): Promise<Call> {
  const { call } = journalEntry(changes);
  const entry = journalEntry({ linkedid: `${++serial}.1`, endedAtMs: call.startedAtMs + 60_000, ...changes });
  await api.journal.write(entry);
  return entry.call;
}

const at = (day: number, hour = 12, minute = 0) => Date.UTC(2026, 9, day, hour, minute);
async function report(name: string, query = '', who = admin) {
  const answer = await who.send(
    'GET',
    `/api/accounts/${account}/reports/${name}?from=2026-10-01&to=2026-10-31${query}`,
  );
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
  return answer.json();
}

const missed = (phone: string, startedAtMs: number, changes: Partial<Call> = {}) =>
  write({
    ...{ externalNumber: phone, startedAtMs, result: 'missed', answeredAtMs: null, answeredBy: null, talkSeconds: 0 },
    conversations: [conversationOf('101', startedAtMs, false)],
    ...changes,
  });
const talked = (
  phone: string,
  startedAtMs: number,
  direction: 'inbound' | 'outbound' = 'inbound',
  changes: Partial<Call> = {},
) => write({ externalNumber: phone, startedAtMs, direction, ...changes });
const tried = (phone: string, startedAtMs: number) =>
  write({
    externalNumber: phone,
    startedAtMs,
    direction: 'outbound',
    result: 'no_answer',
    talkSeconds: 0,
    conversations: [],
  });

describe('clients who are to be called back', () => {
  it('are those with whom nobody has talked since, each once', async () => {
    await missed('79160000001', at(5, 10));
    const last = await missed('79160000001', at(5, 11), { did: '74951230002', rang: ['102'], waitSeconds: 17.4 });
    await tried('79160000001', at(5, 12));
    await missed('79160000002', at(5, 10));
    await talked('79160000002', at(5, 11), 'outbound', { startedAtMs: at(5, 10, 31) });
    await missed('79160000003', at(5, 10));
    await talked('79160000003', at(6), 'inbound', { pbxId: 'branch' });
    await api.database.pool.query('INSERT INTO known_clients SET ?', [
      {
        ...{ account_id: account, phone_key: '9160000001', seen_at: new Date() },
        known: JSON.stringify({ askedAtMs: 1, client: { entityType: 'contacts', entityId: 7, name: 'Irina' } }),
      },
    ]);
    const answer = await report('missed');
    expect(answer).toMatchObject({ all: 3, calledBack: 1, calledAgain: 1, waiting: 1 });
    expect(answer.timeToCallBack).toEqual({ count: 1, average: 30 * 60, p90: 30 * 60, longest: 30 * 60 });
    expect(answer.clients).toEqual([
      {
        ...{ phone: '79160000001', times: 2, attempts: 1, firstEndedAtMs: at(5, 10, 1), lastAtMs: at(5, 11) },
        client: { entityType: 'contacts', entityId: 7, name: 'Irina' },
        last: { pbxId: 'main', linkedid: last.linkedid, did: '74951230002', waitSeconds: 17, rang: ['101'] },
      },
    ]);
  });

  it('a talk before the missed call is no call back, and each time in vain counts anew', async () => {
    await talked('79160000001', at(4));
    await missed('79160000001', at(5));
    await talked('79160000001', at(6), 'outbound');
    await missed('79160000001', at(7), { result: 'voicemail' });
    expect(await report('missed')).toMatchObject({ all: 2, calledBack: 1, waiting: 1, clients: [{ times: 1 }] });
  });

  it('nobody can call back a hidden number, and colleagues are no clients', async () => {
    await missed('', at(5), { externalNumber: null });
    await write({ ...{ direction: 'internal', externalNumber: null, result: 'no_answer', startedAtMs: at(5) } });
    expect(await report('missed')).toMatchObject({ all: 0, clients: [] });
    expect((await report('calls')).all).toMatchObject({ inbound: 1, missed: 1, missedHidden: 1, internal: 1 });
  });

  it('a head sees the clients who were missed by their own people; whoever talked with them counts', async () => {
    const head = await api.person({ role: 'head', extensions: ['102'] });
    const to = (extension: string, startedAtMs: number) => ({
      ...{ rang: [extension], firstRinging: [extension] },
      conversations: [conversationOf(extension, startedAtMs, false)],
    });
    await missed('79160000001', at(5), to('101', at(5)));
    await missed('79160000002', at(5), to('102', at(5)));
    await missed('79160000003', at(5), to('102', at(5)));
    await talked('79160000003', at(6), 'outbound');
    const { all, clients } = await report('missed', '', head);
    expect([all, clients.map(({ phone }: { phone: string }) => phone)]).toEqual([2, ['79160000002']]);
    expect((await report('calls', '', head)).all.inbound).toBe(2);
    expect((await report('employees', '', head)).byEmployee.map((one: { extension: string }) => one.extension)).toEqual(
      ['102'],
    );
  });
});

it('days and hours are those of the clock on the wall, also when it goes back', async () => {
  await talked('79160000001', Date.UTC(2026, 9, 24, 22, 30)); // 00:30 on the 25th, in summer time
  await talked('79160000001', Date.UTC(2026, 9, 25, 0, 30)); // 02:30
  await talked('79160000001', Date.UTC(2026, 9, 25, 1, 30)); // 02:30 again
  await talked('79160000001', Date.UTC(2026, 9, 25, 22, 30)); // 23:30 in winter time
  await talked('79160000001', Date.UTC(2026, 9, 31, 22, 59)); // the last minute of the month
  await talked('79160000001', Date.UTC(2026, 9, 31, 23, 0)); // in the next one
  const { byDay, byHour, all } = await report('calls');
  const counts = (rows: { inbound: number }[], name: string) =>
    rows.filter(({ inbound }) => inbound > 0).map((row) => [(row as never)[name], row.inbound]);
  expect(all.inbound).toBe(5);
  expect(byDay).toHaveLength(31);
  expect(counts(byDay, 'day')).toEqual([
    ['2026-10-25', 4],
    ['2026-10-31', 1],
  ]);
  expect(counts(byHour, 'hour')).toEqual([
    [0, 1],
    [2, 2],
    [23, 2],
  ]);
});

it('a period that makes no sense, and a PBX of others, are refused in words', async () => {
  const ask = (query: string) => admin.send('GET', `/api/accounts/${account}/reports/calls?${query}`);
  for (const query of [
    'from=2026-10-02&to=2026-10-01',
    'from=2024-01-01&to=2026-10-01',
    'from=2026-13-41&to=2026-13-42',
    'from=2026-02-31&to=2026-13-01',
  ]) {
    const answer = await ask(query);
    expect([query, answer.statusCode, answer.json().code]).toEqual([query, 400, 'wrong-period']);
  }
  expect((await ask('from=2026-10-01&to=2026-10-01&pbx=foreign')).statusCode).toBe(404);
});

/** Any calls of a few clients and phones, with parts that fit or don't. */
const anyCall = fc
  .record({
    pbxId: fc.constantFrom(...pbxs),
    minute: fc.integer({ min: -1_000, max: 46_000 }),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const, 'internal' as const),
    result: fc.constantFrom('answered' as const, 'missed' as const, 'busy' as const, 'voicemail' as const),
    phone: fc.constantFrom('79160000001', '79160000002', null),
    did: fc.constantFrom('74951230001', '74951230002', null),
    waitSeconds: fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10),
    parts: fc.array(
      fc.record({
        extension: fc.constantFrom('101', '102', '103'),
        cameBy: fc.constantFrom('caller' as const, 'group' as const, 'transfer' as const),
        isTalk: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ minute, phone, parts, ...rest }) => {
    const startedAtMs = at(1, 0) + minute * 60_000;
    const conversations = parts.map(({ extension, cameBy, isTalk }) => ({
      ...conversationOf(extension, startedAtMs, isTalk),
      cameBy,
    }));
    const talkSeconds = conversations.reduce((sum, one) => sum + one.talkSeconds, 0);
    return {
      ...rest,
      startedAtMs,
      conversations,
      talkSeconds,
      externalNumber: rest.direction === 'internal' ? null : phone,
      rang: [],
      callerExtension: null,
    };
  });

it('rounds half a second up', async () => {
  await api.database.pool.query('DELETE FROM calls');
  const from = { startedAtMs: at(5, 12), externalNumber: '79160000001' };
  await write({ ...from, waitSeconds: 22.5, conversations: [], talkSeconds: 0, rang: [] });
  expect((await report('calls', '', admin)).all.waitAnswered).toMatchObject({ count: 1, longest: 23 });
});

it('counts any calls as somebody would who reads them one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyCall, { maxLength: 25 }), fc.boolean(), async (drafts, isHeads) => {
      await api.database.pool.query('DELETE FROM calls');
      const calls: Call[] = [];
      for (const draft of drafts) calls.push(await write(draft));
      const own = isHeads ? ['101', '103'] : undefined;
      const who = own ? await api.person({ role: 'head', extensions: own }) : admin;
      const counted = calls.filter(
        (call) => isInPeriod(call) && (!own || extensionsOf(call).some((one) => own.includes(one))),
      );
      expect((await report('calls', '', who)).all).toMatchObject(naiveFigures(counted));
      const { byEmployee } = await report('employees', '', who);
      expect(byEmployee).toEqual(
        naiveEmployees(calls.filter(isInPeriod)).filter(({ extension }) => own?.includes(extension) ?? true),
      );
      const { all, clients } = await report('missed', '', who);
      const naive = naiveMissed(counted, calls);
      expect([
        all,
        clients.map(({ phone, times }: { phone: string; times: number }) => `${phone} ${times}`).sort(),
      ]).toEqual([naive.all, naive.waiting]);
      const { byDid } = await report('dids', '', who);
      const ofDid = (did: string | null) =>
        counted.filter((call) => call.direction === 'inbound' && call.did === did).length;
      for (const { did, inbound } of byDid) expect([did, inbound]).toEqual([did, ofDid(did)]);
    }),
    { numRuns: 25 },
  );
});

const isInPeriod = ({ startedAtMs }: Call) => utcMsToPbxTime(startedAtMs, zone).startsWith('2026-10');
const isAnswered = ({ result }: Call) => result === 'answered';

function naiveFigures(calls: readonly Call[]) {
  const of = (direction: string) => calls.filter((call) => call.direction === direction);
  const waits = of('inbound')
    .filter(isAnswered)
    .map(({ waitSeconds }) => Math.round(waitSeconds))
    .sort((a, b) => a - b);
  return {
    ...{ inbound: of('inbound').length, answered: of('inbound').filter(isAnswered).length },
    missed: of('inbound').filter((call) => !isAnswered(call)).length,
    ...{
      outbound: of('outbound').length,
      reached: of('outbound').filter(isAnswered).length,
      internal: of('internal').length,
    },
    talkSeconds: calls
      .filter(({ direction }) => direction !== 'internal')
      .reduce((sum, call) => sum + Math.round(call.talkSeconds), 0),
    waitAnswered: {
      count: waits.length,
      longest: waits.at(-1) ?? null,
      p90: waits[Math.ceil(waits.length * 0.9) - 1] ?? null,
    },
  };
}

function naiveEmployees(calls: readonly Call[]) {
  return ['101', '102', '103'].flatMap((extension) => {
    const own = calls.filter(({ conversations }) => conversations.some((part) => part.extension === extension));
    if (own.length === 0) return [];
    const parts = (call: Call) => call.conversations.filter((part) => part.extension === extension);
    const hasTalked = (call: Call) => parts(call).some(({ acceptedAtMs }) => acceptedAtMs !== null);
    const hasCalled = (call: Call) => parts(call).some(({ cameBy }) => cameBy === 'caller');
    const wasAsked = (call: Call) => parts(call).some(({ cameBy }) => cameBy !== 'caller');
    const inbound = own.filter(({ direction }) => direction === 'inbound');
    const inVain = inbound.filter((call) => wasAsked(call) && !hasTalked(call));
    const made = own.filter((call) => call.direction === 'outbound' && hasCalled(call));
    const talk = own.filter(({ direction }) => direction !== 'internal').flatMap(parts);
    return [
      {
        extension,
        answered: inbound.filter(hasTalked).length,
        leftToOthers: inVain.filter(isAnswered).length,
        missed: inVain.filter((call) => !isAnswered(call)).length,
        outbound: made.length,
        reached: made.filter(isAnswered).length,
        internal: own.filter(({ direction }) => direction === 'internal').length,
        talkSeconds: talk.reduce((sum, part) => sum + part.talkSeconds, 0),
      },
    ];
  });
}

/** Goes through each client's calls as they came. */
function naiveMissed(counted: readonly Call[], all: readonly Call[]) {
  let count = 0;
  const waiting: string[] = [];
  for (const phone of ['79160000001', '79160000002']) {
    const missedCalls = counted.filter(
      (call) => call.externalNumber === phone && call.direction === 'inbound' && !isAnswered(call),
    );
    const talks = all.filter(
      (call) => call.externalNumber === phone && isAnswered(call) && call.direction !== 'internal',
    );
    const nextTalk = (call: Call) =>
      Math.min(...talks.map(({ startedAtMs }) => startedAtMs).filter((ms) => ms > call.startedAtMs));
    const episodes = Map.groupBy(missedCalls, nextTalk);
    count += episodes.size;
    const open = episodes.get(Number.POSITIVE_INFINITY);
    if (open) waiting.push(`${phone} ${open.length}`);
  }
  return { all: count, waiting: waiting.sort() };
}

it('calls that were there before the figures were kept are counted as those that come', async () => {
  const database = await createStoreDatabase();
  const pool = openMysql(database.url);
  try {
    const figuresOfAll = async () =>
      (
        await pool.query(
          'SELECT extension, direction, result, was_asked, has_called, has_talked, talk_seconds FROM call_extensions ORDER BY linkedid, extension',
        )
      )[0];
    const drafts = fc.sample(anyCall, 60);
    for (const [index, draft] of drafts.entries())
      await createJournal(pool).write(journalEntry({ ...draft, linkedid: `${index}.1` }));
    const written = await figuresOfAll();
    expect(written).not.toHaveLength(0);
    await migrate(database.url, 13);
    await migrate(database.url);
    expect(await figuresOfAll()).toEqual(written);
  } finally {
    await pool.end();
    await database.drop();
  }
});
