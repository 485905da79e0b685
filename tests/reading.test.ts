import type { AmocrmState } from './rig/amocrm.ts';
import { newCall, split, strangersNumber, type TestCall, write } from './rig/calls.ts';
import { type Installation, install, randomPbxId } from './rig/installation.ts';
import type { Part } from './rig/part.ts';

jest.setTimeout(120_000);

let house: Installation;
let connector: Part;

beforeAll(async () => {
  house = await install();
});
afterAll(() => house.remove());

const stranger = (scenario: string, changes = {}) => newCall(scenario, { clientNumber: strangersNumber(), ...changes });

async function expectRegisteredOnce(...calls: TestCall[]): Promise<void> {
  for (const call of calls) await house.closed(call.linkedid);
  const uniqs = calls.map((call) => `${house.pbxId}:${call.linkedid}`);
  const registered = (await house.amocrm.state()).calls.map(({ uniq }) => uniq ?? '');
  expect(registered.filter((uniq) => uniqs.includes(uniq)).sort()).toEqual(uniqs.sort());
}

const cardsIn = ({ cards }: AmocrmState, { phone }: TestCall) => cards.filter((card) => card.phone.endsWith(phone));
const cardsOf = async (call: TestCall) => cardsIn(await house.amocrm.state(), call);

it('a new PBX is read from its newest row on', async () => {
  const [earlier, later] = [stranger('rg-nobody'), stranger('out-answered')];
  await write(house, earlier.rows);
  [connector] = await Promise.all([house.startConnector(), house.startWorker()]);
  await write(house, later.rows);
  await expectRegisteredOnce(later);
  expect(await house.journal(earlier.linkedid)).toBeUndefined();
});

it('rows that cannot be read are kept and told in one line; their call is told by the others', async () => {
  const broken = stranger('in-direct-answered');
  const [lost, whole] = [stranger('in-direct-answered'), stranger('out-answered')];
  const without = (call: TestCall, eventtypes: RegExp) =>
    call.rows.map((one) =>
      one.table === 'cel' && eventtypes.test(String(one.row.eventtype))
        ? { ...one, row: { ...one.row, eventtime: '1970-01-01 00:00:00' } }
        : one,
    );
  await write(house, without(lost, /./));
  await write(house, without(broken, /^BRIDGE_EXIT$/));
  await write(house, whole.rows);
  await expectRegisteredOnce(broken, whole);
  const sql = 'SELECT DISTINCT linkedid FROM late_rows WHERE pbx_id = ? ORDER BY linkedid';
  const [kept] = await house.store.pool.query(sql, [house.pbxId]);
  expect(kept).toEqual(
    [lost, broken].map(({ linkedid }) => ({ linkedid })).sort((a, b) => (a.linkedid < b.linkedid ? -1 : 1)),
  );
  const told = connector
    .log()
    .split('\n')
    .filter((line) => line.includes("can't be read"));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/eventtime is .*1970.*, not a time after 1970.*kept in late_rows/);
});

it('rows that become visible late and out of the order of their ids are read', async () => {
  const call = stranger('rg-second-answers');
  await write(
    house,
    call.rows.filter(({ table }) => table === 'cdr'),
  );
  const rows = call.rows.filter(({ table }) => table === 'cel').map(({ row }) => row);
  const connection = await house.pbx.pool.getConnection();
  try {
    // a second writer takes ids, and commits only after rows with higher ids are there
    await connection.beginTransaction();
    for (const row of rows.slice(0, 4)) await connection.query('INSERT INTO cel SET ?', [row]);
    await house.writeCel(rows.slice(4, -1));
    await house.writeCel([{ ...rows[0], eventtype: 'USER_DEFINED' }]);
    await connection.commit();
  } finally {
    connection.release();
  }
  await house.writeCel(rows.slice(-1));
  await expectRegisteredOnce(call);
  expect((await house.journal(call.linkedid))?.call).toMatchObject({
    result: 'answered',
    lastTalker: '102',
    doubts: [],
  });
});

it('what happened while nobody read is registered, without cards', async () => {
  await connector.stop();
  const call = stranger('in-direct-answered', { startedAtMs: Date.now() - 3_600_000 });
  await write(house, call.rows);
  connector = await house.startConnector();
  await expectRegisteredOnce(call);
  expect(await cardsOf(call)).toEqual([]);
});

it('rows of a call that has closed start no ghost: the call is looked at once more and stays one record', async () => {
  const call = stranger('in-direct-answered');
  await write(house, call.rows);
  await house.closed(call.linkedid);
  await house.writeCel([{ ...call.rows[0]?.row, eventtype: 'USER_DEFINED' }]);
  await house.closed(call.linkedid, 1);
  await expectRegisteredOnce(call);
  const [late] = await house.store.pool.query('SELECT cel_row_id FROM late_rows WHERE linkedid = ?', [call.linkedid]);
  expect(late).toHaveLength(1);
});

describe('ids that restart', () => {
  it.each<[string, (cel: string) => string]>([
    ['because the table was emptied', (cel) => `TRUNCATE ${cel}`],
    [
      'because the table was made anew',
      (cel) => `CREATE TABLE fresh LIKE ${cel}; DROP TABLE ${cel}; RENAME TABLE fresh TO ${cel}`,
    ],
  ])('%s are noticed and followed', async (_, sql) => {
    const [before, after] = [stranger('rg-second-answers'), stranger('out-answered')];
    await write(house, before.rows);
    await house.closed(before.linkedid);
    await house.pbx.pool.query(sql('cel'));
    await write(house, after.rows);
    await expectRegisteredOnce(before, after);
    expect(connector.log()).toContain('restarted');
  });

  it('are not suspected when old rows were purged', async () => {
    const [before, after] = [stranger('rg-second-answers'), stranger('out-answered')];
    await write(house, before.rows);
    await house.closed(before.linkedid);
    const saidBefore = connector.log().length;
    await house.pbx.pool.query('DELETE FROM cel'); // as a nightly clean-up does: the ids go on
    await write(house, after.rows);
    await expectRegisteredOnce(before, after);
    expect(connector.log().slice(saidBefore)).not.toContain('restarted');
  });
});

it('two connectors of one PBX: one reads, the other takes over when it dies', async () => {
  const first = connector;
  const second = house.startConnector();
  await house.parts.at(-1)?.said(/another connector reads this PBX \(process \d+ on [^)]+\); this one takes over/);
  const one = stranger('out-answered');
  await write(house, one.rows);
  await house.closed(one.linkedid);
  await first.kill();
  const other = stranger('rg-second-answers');
  await write(house, other.rows);
  connector = await second;
  await expectRegisteredOnce(one, other);
});

it('Redis emptied in the middle of a call: nothing is lost and nothing doubled', async () => {
  const call = stranger('rg-second-answers');
  const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'ANSWER');
  await write(house, ringing);
  await house.amocrm.until((state) => cardsIn(state, call).length === 3, 'the cards');
  await house.emptyRedis();
  await write(house, rest);
  await expectRegisteredOnce(call);
});

const urlWith = (url: URL, changes: Partial<URL>): string => Object.assign(new URL(url), changes).href;

describe('the PBX’s database', () => {
  it.each<[string, (url: URL) => Record<string, string>, RegExp]>([
    [
      'that can’t be reached',
      (url) => ({ PBX_DATABASE_URL: urlWith(url, { port: '1' }) }),
      /nothing listens there: check host and port/,
    ],
    [
      'with a wrong password',
      (url) => ({ PBX_DATABASE_URL: urlWith(url, { password: 'wr0ng-s3cret' }) }),
      /user or password is wrong/,
    ],
    ['without the table', () => ({ PBX_CEL_TABLE: 'cell' }), /the table does not exist: check PBX_CEL_TABLE/],
    ['with another table in its place', () => ({ PBX_CEL_TABLE: 'cdr' }), /lacks the columns .*: is it the CEL table/],
  ])('%s is told in words and tried again', async (_, changes, words) => {
    const url = new URL(house.pbx.url);
    // without keys it keeps the PBX to itself: no other connector takes it up
    const alone = { PBX_ID: randomPbxId(), RINGFLOW_SECRET_KEYS: '' };
    const starting = house.startConnector({ ...alone, ...changes(url) });
    starting.catch(() => undefined); // it never gets ready; the house removes it
    const part = house.parts.at(-1) as Part;
    await part.said(words);
    expect(part.log()).not.toContain('wr0ng-s3cret');
    await part.kill();
  });

  it('that goes away and comes back: reading goes on', async () => {
    const call = stranger('out-answered');
    await house.pbx.pool.query('RENAME TABLE cel TO gone');
    await connector.said('the table does not exist');
    await house.pbx.pool.query('RENAME TABLE gone TO cel');
    await write(house, call.rows);
    await expectRegisteredOnce(call);
  });
});

it('rows with nulls, quotes, markup, unknown events and foreign bytes: the call among them is told right', async () => {
  await house.pbx.pool.query(
    'ALTER TABLE cel MODIFY cid_name VARBINARY(80) NULL, MODIFY eventtype VARCHAR(30) NULL, MODIFY uniqueid VARCHAR(150) NULL, MODIFY linkedid VARCHAR(150) NULL, MODIFY extra VARCHAR(512) NULL, MODIFY peer VARCHAR(80) NULL, MODIFY eventtime DATETIME NULL',
  );
  const call = stranger('rg-second-answers');
  const good = call.rows.find(({ table }) => table === 'cel')?.row ?? {};
  const bad: Record<string, unknown>[] = [
    { ...good, eventtype: null },
    { ...good, uniqueid: null, linkedid: null },
    { ...good, linkedid: '', uniqueid: '__proto__' },
    { ...good, eventtime: null },
    { ...good, eventtype: 'TELEPATHY_BEGIN', extra: '{"cut' },
    { ...good, eventtype: 'constructor', extra: null, peer: null },
  ];
  const names = [
    `"><script>alert(1)</script>`,
    `O'Brien "\\`,
    Buffer.from([0xff, 0xfe, 0x00, 0x41]),
    null,
    '👩‍💼',
    '\u0000\r\nAction: Originate',
  ];
  for (const [index, { table, row }] of call.rows.entries()) {
    const strange = bad[index];
    if (strange) await house.writeCel([strange]);
    if (table === 'cel') await house.writeCel([{ ...row, cid_name: names[index % names.length] }]);
    else await house.writeCdr([row]);
  }
  await expectRegisteredOnce(call);
  expect((await house.journal(call.linkedid))?.call).toMatchObject({
    result: 'answered',
    lastTalker: '102',
    doubts: [],
  });
  expect(connector.log()).toContain("a CEL row can't be read");
});
