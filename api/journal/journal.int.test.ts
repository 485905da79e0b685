import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { conversationOf, journalEntry } from '../../tests/rig/journal-entry.ts';

let api: TestApi;
let admin: Visitor;

const [shop, house] = ['shop.example', 'house.example'];
const dayMs = 86_400_000;
const noonMs = Date.UTC(2026, 10, 25, 9);

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.person({});
  for (const account of [shop, house]) await api.accounts.add(account, `https://${account}`);
  await addPbx('main', shop);
  await addPbx('branch', shop);
  await addPbx('theirs', house);
  await fill();
});
afterAll(() => api.close());

async function addPbx(id: string, account: string): Promise<void> {
  const row = { id, account_id: account, cel_table: 'cel', cdr_table: 'cdr', timezone: 'Europe/Moscow' };
  await api.database.pool.query('INSERT INTO pbxs SET ?', [row]);
}

/** Of each kind one call, by whose linkedid the tests know it. */
async function fill(): Promise<void> {
  const only = (extension: string, startedAtMs: number, isTalk = true) => ({
    ...{ startedAtMs, conversations: [conversationOf(extension, startedAtMs, isTalk)] },
    ...{ firstRinging: [extension], rang: [extension], answeredBy: isTalk ? extension : null },
  });
  const entries = [
    journalEntry({ linkedid: 'answered', ...only('101', noonMs) }),
    journalEntry(
      { linkedid: 'missed', ...only('102', noonMs + 1, false), result: 'missed', externalNumber: '4930123456' },
      { state: 'not-sent', reason: 'No rule asks for it.' },
    ),
    journalEntry(
      {
        linkedid: 'outbound',
        ...{ ...only('102', noonMs - dayMs), direction: 'outbound', callerExtension: '103', result: 'no_answer' },
      },
      { state: 'needs-attention', reason: 'amoCRM does not take the field.' },
    ),
    journalEntry({ linkedid: 'branch', pbxId: 'branch', ...only('104', noonMs + 2), externalNumber: '78122223344' }),
    journalEntry({ linkedid: 'theirs', pbxId: 'theirs', ...only('101', noonMs + 3) }),
    journalEntry({ linkedid: 'orphan', pbxId: 'gone', ...only('101', noonMs + 4) }),
  ];
  for (const entry of entries) await api.journal.write(entry);
}

interface CallPage {
  calls: { pbxId: string; linkedid: string }[];
  olderCursor: string | null;
}

async function page(who: Visitor, query = '', account = shop): Promise<CallPage> {
  const answer = await who.send('GET', `/api/accounts/${account}/calls${query}`);
  expect([query, answer.statusCode]).toEqual([query, 200]);
  return answer.json() as CallPage;
}

const found = async (who: Visitor, query = '', account = shop) =>
  (await page(who, query, account)).calls.map(({ linkedid }) => linkedid);

const one = (who: Visitor, pbx: string, linkedid: string, account = shop) =>
  who.send('GET', `/api/accounts/${account}/calls/${pbx}/${encodeURIComponent(linkedid)}`);

const again = (who: Visitor, pbx: string, linkedid: string, account = shop) =>
  who.send('POST', `/api/accounts/${account}/calls/${pbx}/${encodeURIComponent(linkedid)}/again`);

describe('the list of calls', () => {
  it('is of the account, all its PBXs, newest first', async () => {
    expect(await found(admin)).toEqual(['branch', 'missed', 'answered', 'outbound']);
    expect(await found(admin, '', house)).toEqual(['theirs']);
  });

  it('tells of each call what a table needs, and no more', async () => {
    const { calls } = await page(admin, '?result=missed');
    expect(calls).toEqual([
      {
        ...{ pbxId: 'main', linkedid: 'missed', startedAtMs: noonMs + 1, direction: 'inbound', did: '74951230001' },
        ...{ externalNumber: '4930123456', result: 'missed', registration: 'not-sent', hasTroubles: false },
        ...{
          callerExtension: null,
          calledExtension: null,
          isDoubtful: false,
          waitSeconds: 5,
          talkSeconds: 60,
          talked: [],
          others: ['102'],
        },
      },
    ]);
  });

  it.each([
    ['a whole number', '79161234567', ['answered', 'outbound']],
    ['as Russians dial it', '8 (916) 123-45-67', ['answered', 'outbound']],
    ['as it is written', '+7 916 123-45-67', ['answered', 'outbound']],
    ['as Russians begin it', '8916', ['answered', 'outbound']],
    ['its last digits', '33-44', ['branch']],
    ['digits within', '30123', ['missed']],
    ['two digits', '16', ['answered', 'outbound']],
    ['a German number', '0049 30 123456', ['missed']],
    ['a number nobody has', '5550199', []],
    ['what means something in SQL', "1' OR 1=1 %_", []],
  ])('is searched by phone: %s', async (_, phone, expected) => {
    expect(await found(admin, `?phone=${encodeURIComponent(phone)}`)).toEqual(expected);
  });

  it.each([
    ['extension=102', ['missed', 'outbound']],
    ['extension=103', ['outbound']],
    ['extension=10', []],
    ['direction=outbound', ['outbound']],
    ['result=answered', ['branch', 'answered']],
    ['registration=needs-attention', ['outbound']],
    ['registration=not-sent&result=missed&direction=inbound&extension=102&phone=3012', ['missed']],
    [`fromMs=${noonMs + 1}`, ['branch', 'missed']],
    [`toMs=${noonMs + 1}`, ['answered', 'outbound']],
    [`fromMs=${noonMs}&toMs=${noonMs + 1}`, ['answered']],
  ])('is searched by %s', async (query, expected) => {
    expect(await found(admin, `?${query}`)).toEqual(expected);
  });

  it.each([
    'phone=abc',
    `phone=${'1'.repeat(41)}`,
    'phone=1&phone=2',
    'result=nice',
    'registration=',
    'fromMs=yesterday',
    'toMs=1e99',
    'toMs=-1',
    'cursor=1',
    'cursor=99999999999999999~main~1',
    'limit=1000000',
    "pbx='",
  ])('refuses %s and says what is wrong', async (query) => {
    const answer = await admin.send('GET', `/api/accounts/${shop}/calls?${query}`);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'wrong-request']);
    expect(answer.json().faults[0]).toContain('querystring');
  });
});

describe('its pages', () => {
  const count = 130;

  beforeAll(async () => {
    await addPbx('full', 'full.example');
    await addPbx('fuller', 'full.example');
    await api.accounts.add('full.example', 'https://full.example');
    for (let index = 0; index < count; index++) {
      // many begin in the same moment, on both PBXs
      const [pbxId, startedAtMs] = [index % 2 ? 'full' : 'fuller', noonMs + Math.floor(index / 40) * 1_000];
      const rang = ['201', '202'].slice(0, 1 + (index % 2));
      await api.journal.write(journalEntry({ pbxId, linkedid: `${index}~.%`, startedAtMs, rang, conversations: [] }));
    }
  });

  async function all(who: Visitor, query = ''): Promise<string[]> {
    const linkedids: string[] = [];
    for (let cursor = ''; ; ) {
      const { calls, olderCursor } = await page(who, `?${query}${cursor}`, 'full.example');
      linkedids.push(...calls.map(({ linkedid }) => linkedid));
      if (olderCursor === null) return linkedids;
      cursor = `&cursor=${encodeURIComponent(olderCursor)}`;
    }
  }

  it('lose no call and repeat none, though many began at once', async () => {
    const linkedids = await all(admin);
    expect(linkedids).toHaveLength(count);
    expect(new Set(linkedids).size).toBe(count);
  });

  it('neither for a head in whose calls several of their people took part', async () => {
    const head = await api.person({ role: 'head', extensions: ['201', '202'] });
    const linkedids = await all(head);
    expect([linkedids.length, new Set(linkedids).size]).toEqual([count, count]);
    expect(await all(head, 'extension=202')).toHaveLength(count / 2);
  });

  it('keep their order when a call comes meanwhile', async () => {
    const first = await page(admin, '', 'full.example');
    await api.journal.write(journalEntry({ pbxId: 'full', linkedid: 'newer', startedAtMs: noonMs + dayMs }));
    const second = await page(admin, `?cursor=${encodeURIComponent(String(first.olderCursor))}`, 'full.example');
    const seen = new Set(first.calls.map(({ linkedid }) => linkedid));
    expect(second.calls.filter(({ linkedid }) => seen.has(linkedid) || linkedid === 'newer')).toEqual([]);
  });
});

describe('one call', () => {
  it('tells all that is kept of it', async () => {
    const { ledger } = api;
    await ledger.begin('main:answered:call', 60_000);
    await ledger.done('main:answered:call', { noteId: 5 });
    await ledger.begin('main:answered:card:7', 60_000);
    await ledger.begin('main:answeredX:call', 60_000);
    const answer = (await one(admin, 'main', 'answered')).json();
    expect(answer).toMatchObject({
      call: { linkedid: 'answered', conversations: [{ extension: '101', talkSeconds: 60 }], doubts: [] },
      registration: { state: 'registered', noteId: 5, entityType: 'contacts', entityId: 3 },
      workflowId: 'call:main:answered',
      temporalUrl: null,
      celRowIds: [1, 2, 3, 7],
      effects: [
        { effect: 'call', state: 'done', attempts: 1, record: { noteId: 5 } },
        { effect: 'card:7', state: 'open', attempts: 1, record: null },
      ],
    });
    for (const { beganAtMs } of answer.effects) expect(Math.abs(Date.now() - beganAtMs)).toBeLessThan(60_000);
  });

  it('of an observed PBX tells what would have been done', async () => {
    const end = { registration: null, changes: [], hooks: [] };
    const intent = { cardsTo: [7], reached: [], end } as never;
    const comparison = { found: null, differences: ['missing there'] };
    await api.journal.write(journalEntry({ linkedid: 'seen' }, { state: 'observed', intent, comparison }));
    const { registration } = (await one(admin, 'main', 'seen')).json();
    expect(registration).toEqual({ state: 'observed', intent, comparison });
    await api.database.pool.query("DELETE FROM calls WHERE linkedid = 'seen'");
  });

  it.each([
    ['nobody has heard of it', 'main', 'unknown', shop],
    ['it is on another PBX', 'branch', 'answered', shop],
    ['its PBX is of another account', 'theirs', 'theirs', shop],
    ['its PBX is gone', 'gone', 'orphan', shop],
    ['there is no such account', 'main', 'answered', 'nowhere.example'],
    ['its name is hostile', "' OR 1=1 -- ", '%', shop],
  ])('is not there if %s', async (_, pbx, linkedid, account) => {
    const answers = [
      await one(admin, encodeURIComponent(pbx), linkedid, account),
      await again(admin, encodeURIComponent(pbx), linkedid, account),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404]);
  });
});

describe('people', () => {
  it('see the calls of their accounts alone', async () => {
    const viewer = await api.person({ role: 'viewer', accounts: [house] });
    expect(await found(viewer, '', house)).toEqual(['theirs']);
    expect((await viewer.send('GET', `/api/accounts/${shop}/calls`)).statusCode).toBe(404);
    expect((await one(viewer, 'main', 'answered')).statusCode).toBe(404);
    expect((await one(viewer, 'theirs', 'theirs', house)).statusCode).toBe(200);
    expect((await again(viewer, 'theirs', 'theirs', house)).statusCode).toBe(403);
  });

  it('who are heads see the calls of their own people, also by direct address', async () => {
    const head = await api.person({ role: 'head', extensions: ['103', '104'] });
    expect(await found(head)).toEqual(['branch', 'outbound']);
    expect(await found(head, '?extension=102')).toEqual(['outbound']);
    expect(await found(head, '?extension=101')).toEqual([]);
    const many = Array.from({ length: 100 }, (_, index) => String(103 + index));
    expect(await found(await api.person({ role: 'head', extensions: many }))).toEqual(['branch', 'outbound']);
    expect((await one(head, 'main', 'outbound')).statusCode).toBe(200);
    expect((await one(head, 'main', 'answered')).statusCode).toBe(404);
  });

  it('who are heads of nobody see nothing', async () => {
    const head = await api.person({ role: 'head', extensions: [] });
    expect(await found(head)).toEqual([]);
    expect(await found(head, '?extension=101')).toEqual([]);
    expect((await one(head, 'main', 'answered')).statusCode).toBe(404);
  });
});
