import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';

jest.setTimeout(30_000);

let api: TestApi;
let admin: Visitor;
const account = 'shop.example';
const lists = `/api/accounts/${account}/number-lists`;

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.person({});
  await api.accounts.add(account, `https://${account}`);
  for (const [id, owner] of [
    ['main', account],
    ['theirs', 'house.example'],
  ]) {
    const row = { id, account_id: owner, cel_table: 'cel', cdr_table: 'cdr', timezone: 'Europe/Moscow' };
    await api.database.pool.query('INSERT INTO pbxs SET ?', [row]);
  }
});
afterAll(() => api.close());

async function add(name: string): Promise<string> {
  return (await admin.send('POST', lists, { name })).json().id;
}

const numbersOf = async (list: string): Promise<string[]> =>
  (await admin.send('GET', `${lists}/${list}`)).json().numbers;
const setSections = async (sections: object) => {
  const { version: basedOn } = (await admin.send('GET', `/api/accounts/${account}/settings`)).json();
  return admin.send('PATCH', `/api/accounts/${account}/settings`, { basedOn, sections });
};

describe('numbers of ours', () => {
  it('are told with how often they were called and when last, and those of the description too', async () => {
    const earlyMs = Date.UTC(2026, 10, 20, 9);
    const calls = [
      { linkedid: '1', startedAtMs: earlyMs },
      { linkedid: '2', startedAtMs: earlyMs + 1_500, did: '74951230002' },
      { linkedid: '3', startedAtMs: earlyMs + 2_500 },
      { linkedid: '4', startedAtMs: earlyMs + 3_500, did: null, direction: 'outbound' as const },
      { linkedid: '5', startedAtMs: earlyMs + 4_500, did: null, trunk: null },
      { linkedid: '6', startedAtMs: earlyMs + 5_500, did: 'x'.repeat(200) },
      { linkedid: '7', startedAtMs: earlyMs, pbxId: 'theirs' },
    ];
    for (const call of calls) await api.journal.write(journalEntry(call));
    const target = { kind: 'queue', name: '400' };
    const main = { dids: { '74951230001': target, '74951230009': target }, trunkPrefixes: ['PJSIP/mango-office-'] };
    expect((await setSections({ pbxs: { main } })).statusCode).toBe(200);
    const of = (kind: string, key: string, count: number, lastAtMs: number | null, leadsTo: object | null = null) => ({
      ...{ kind, key, pbxId: 'main', calls: count, lastAtMs, leadsTo },
    });
    const told = (await admin.send('GET', `/api/accounts/${account}/numbers`)).json();
    expect(told).toHaveLength(6);
    expect(told).toEqual(
      expect.arrayContaining([
        of('did', '74951230001', 2, earlyMs + 2_500, target),
        of('did', '74951230002', 1, earlyMs + 1_500),
        of('did', 'x'.repeat(80), 1, earlyMs + 5_500),
        of('did', '74951230009', 0, null, target),
        of('trunk', 'provider', 5, earlyMs + 5_500),
        of('trunk', 'mango-office', 0, null),
      ]),
    );
    const head = await api.person({ role: 'head', extensions: ['101'] });
    const toldToHead = (await head.send('GET', `/api/accounts/${account}/numbers`)).json();
    expect(toldToHead).toEqual(told.map((one: object) => ({ ...one, calls: null, lastAtMs: null })));
  });

  it('how many calls there are, and who takes them, is not told to a head', async () => {
    await api.journal.write(
      journalEntry(
        {
          linkedid: '8',
          startedAtMs: Date.now(),
        },
        { state: 'needs-attention', reason: 'No.' },
      ),
    );
    const state = async (person: typeof admin) => (await person.send('GET', `/api/accounts/${account}/state`)).json();
    const codes = ({ findings }: { findings: { code: string }[] }) => findings.map(({ code }) => code);
    const all = await state(admin);
    expect(codes(all)).toContain('needs-attention');
    expect(all.calls).toMatchObject({ lastStartedAtMs: expect.any(Number) });
    const some = await state(await api.person({ role: 'head', extensions: ['101'] }));
    expect(codes(some)).toEqual(
      codes(all).filter((code) => !['needs-attention', 'unmapped-extensions'].includes(code)),
    );
    expect(some.calls).toBeNull();
  });
});

describe('a number list', () => {
  it('is made, renamed, filled, emptied and removed', async () => {
    const list = await add('VIP');
    expect(list).toBe('vip');
    expect(await add('VIP')).toBe('vip-2');
    await admin.send('PUT', `${lists}/${list}/name`, { name: 'Very important' });
    const change = await admin.send('PATCH', `${lists}/${list}/numbers`, {
      add: ['79161234567', '7495*', '7495*'],
      remove: [],
    });
    expect(change.json()).toEqual({ added: 2, removed: 0 });
    const again = await admin.send('PATCH', `${lists}/${list}/numbers`, {
      add: ['79161234567', '112'],
      remove: ['7495*', '1'],
    });
    expect(again.json()).toEqual({ added: 1, removed: 1 });
    expect((await admin.send('GET', `${lists}/${list}`)).json()).toEqual({
      ...{ id: 'vip', name: 'Very important', numbers: ['79161234567', '112'] },
    });
    const replaced = await admin.send('PUT', `${lists}/${list}/numbers`, { numbers: ['112', '79160000000'] });
    expect(replaced.json()).toEqual({ added: 1, removed: 1 });
    expect((await admin.send('DELETE', `${lists}/${list}`)).statusCode).toBe(204);
    expect((await admin.send('GET', `${lists}/${list}`)).statusCode).toBe(404);
    expect((await admin.send('PUT', `${lists}/${list}/name`, { name: 'x' })).statusCode).toBe(404);
  });

  it('that rules use is not removed, and the rules are named', async () => {
    const list = await add('Spam');
    const rule = { id: 'a', name: 'Not for spam', enabled: true, actions: [{ do: 'show-card' }] };
    expect(
      (await setSections({ rules: [{ ...rule, when: { phase: 'requested', notInLists: [list] } }] })).statusCode,
    ).toBe(200);
    const answer = await admin.send('DELETE', `${lists}/${list}`);
    expect([answer.statusCode, answer.json()]).toMatchObject([409, { code: 'list-in-use', faults: ['Not for spam'] }]);
  });

  it('takes what several people add at once', async () => {
    const list = await add('Together');
    const numbers = ['79160000001', '79160000002', '79160000003'];
    await Promise.all(
      numbers.map((number) => admin.send('PATCH', `${lists}/${list}/numbers`, { add: [number], remove: [] })),
    );
    expect((await numbersOf(list)).toSorted()).toEqual(numbers);
  });

  it('takes fifty thousand, of which the settings tell only how many they are, and not one more', async () => {
    const list = await add('Long');
    const numbers = Array.from({ length: 50_000 }, (_, index) => String(79_160_000_000 + index));
    expect((await admin.send('PUT', `${lists}/${list}/numbers`, { numbers })).json()).toEqual({
      added: 50_000,
      removed: 0,
    });
    const { body } = await admin.send('GET', `/api/accounts/${account}/settings`);
    expect(JSON.parse(body).settings.numberLists).toContainEqual({
      ...{ id: list, name: 'Long', count: 50_000 },
      digest: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
    expect(body.length).toBeLessThan(10_000);
    const more = await admin.send('PATCH', `${lists}/${list}/numbers`, { add: ['112'], remove: [] });
    expect(more.json()).toMatchObject({ code: 'faulty-settings', faults: [expect.stringMatching(/50000/)] });
    expect(await numbersOf(list)).toEqual(numbers);
  });

  it('refuses what is no number, and tells which', async () => {
    const list = await add('Wrong');
    const answers = await Promise.all([
      admin.send('PATCH', `${lists}/${list}/numbers`, { add: ['+7 916'], remove: [] }),
      admin.send('PATCH', `${lists}/${list}/numbers`, { add: ['89161234567'], remove: [] }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400]);
    expect(answers[1]?.json().faults).toEqual([expect.stringContaining('write 79161234567')]);
    expect(await numbersOf(list)).toEqual([]);
  });
});
