import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSettingsStore } from '../activities/store/settings.ts';
import type { RuleAction } from '../proto/rule.ts';
import { belongingsOf, incomingLeadsOf } from './rig/belongings.ts';
import { newCall, recordsOf, strangersNumber, type TestCall, wholeCall, write } from './rig/calls.ts';
import { createDatabase, type Database } from './rig/databases.ts';
import { type Installation, install, newNamespace } from './rig/installation.ts';
import { runRingflow, startRingflow } from './rig/ringflow.ts';
import { contact, incomingLead, register, rule, setRules } from './rig/rules.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(180_000);

/** Everything is lost but a copy and the PBX: settings, secrets and journal come back, and no call is there twice. */

let house: Installation;
let folder: string;
let copy: string;
let other: Database;

beforeAll(async () => {
  house = await install();
  folder = mkdtempSync(join(servers.stateFolder, 'copies-'));
  copy = join(folder, 'ringflow.copy');
  other = await createDatabase('restored');
});
afterAll(async () => {
  await house.remove();
  await other.drop();
  rmSync(folder, { recursive: true });
});

const ringflow = (args: string[], changes: Record<string, string> = {}) =>
  runRingflow({ ...house.environment, ...changes }, args);
const missedCallTask: RuleAction = {
  ...{ do: 'create-task', responsible: ['first-rung'], text: 'Call {{phone}} back', dueMinutes: 60 },
};

async function callIn(scenario: string): Promise<TestCall> {
  const call = newCall(scenario, { clientNumber: strangersNumber() });
  await write(house, call.rows);
  await house.closed(call.linkedid);
  return call;
}

it('a copy is taken while calls come in; lost and brought back, everything is there and nothing twice', async () => {
  await setRules(house, [rule([register, contact, missedCallTask])]);
  await Promise.all([house.startWorker(), house.startConnector()]);
  const before = await wholeCall(house, 'in-direct-answered', strangersNumber());
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403 });
  const waiting = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, waiting.rows);
  await house.shows(waiting.linkedid, /needs attention/i);

  expect(await ringflow(['backup', copy])).toMatchObject({ code: 0, errors: expect.stringContaining('SECRET_KEYS') });
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const { parts } = house;
  const later = [await callIn('in-direct-answered'), await callIn('in-direct-no-answer'), await callIn('out-answered')];
  await setRules(house, [rule([register, incomingLead, missedCallTask])]);
  const incoming = await callIn('in-direct-answered');
  const countOf = async ({ phone }: TestCall) => belongingsOf(house, phone);
  const counts = await Promise.all([...later, incoming].map(countOf));
  const leadsBefore = incomingLeadsOf(await house.amocrm.state(), incoming.phone).length;
  expect(leadsBefore).toBe(1);
  await house.amocrm.clearFaults();
  await house.temporal.workflow.getHandle(`call:${house.pbxId}:${waiting.linkedid}`).signal('retry');
  await house.closed(waiting.linkedid);
  expect(await recordsOf(house, [waiting.linkedid])).toHaveLength(1);

  expect(await ringflow(['restore', copy])).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/in use.*first stop/),
  });
  await Promise.all(parts.map((part) => part.kill()));
  await house.emptyRedis();
  const lost = { MYSQL_URL: other.url, TEMPORAL_NAMESPACE: (await newNamespace()).namespace };
  const missed = newCall('in-direct-answered', { clientNumber: strangersNumber() }); // while nothing runs
  await write(house, missed.rows);

  expect(await ringflow(['restore', copy], lost)).toMatchObject({
    code: 0,
    errors: expect.stringMatching(/read again/),
  });
  await Promise.all([house.startWorker(lost), house.startConnector(lost)]);
  await house.amocrm.until(
    ({ calls }) => calls.some(({ uniq }) => uniq?.endsWith(missed.linkedid)),
    'the call that nobody had registered',
  );
  for (const { linkedid } of [...later, incoming, waiting, missed]) await toldIn(other, linkedid);
  expect(await Promise.all([...later, incoming].map(countOf))).toEqual(counts);
  expect(incomingLeadsOf(await house.amocrm.state(), incoming.phone)).toHaveLength(1);
  expect(await recordsOf(house, [before])).toHaveLength(1);
  expect(await recordsOf(house, [waiting.linkedid])).toHaveLength(1);
  const settings = await createSettingsStore(other.pool).latest(house.accountId);
  expect(settings?.settings.rules?.[0]?.actions).toContainEqual(missedCallTask);
});

it.each<[string, () => string, RegExp]>([
  ['is cut off', () => cut(), /was cut off/],
  ['is something else', () => text('SELECT 1'), /is no copy of a database/],
  ['is not there', () => join(folder, 'nothing'), /no such file/],
])('a file that %s is refused, and nothing is touched', async (_, file, advice) => {
  const { code, errors } = await ringflow(['restore', file(), '--replace'], { MYSQL_URL: other.url });
  expect([code, errors]).toEqual([2, expect.stringMatching(advice)]);
  expect((await other.pool.query('SELECT 1 FROM settings LIMIT 1'))[0]).toHaveLength(1);
});

it('a restore that was cut off is not taken for a whole one: nothing starts on it until it was repeated', async () => {
  const half = await createDatabase('half');
  const there = { MYSQL_URL: half.url };
  const cutOff = startRingflow({ ...house.environment, ...there }, ['restore', copy]);
  // asked from outside: a database in use is not touched
  const marks = "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = 'unfinished_restore'";
  await until(async () => ((await house.store.pool.query(marks, [half.name]))[0] as unknown[]).length > 0);
  cutOff.kill('SIGKILL');
  await once(cutOff, 'exit');
  for (const start of [house.startWorker, house.startConnector, house.startApi]) {
    await expect(start(there)).rejects.toThrow(/restored by half.*bin\/ringflow restore FILE/s);
  }
  const [backup, status] = [join(folder, 'half.copy'), /restored by half/];
  expect(await ringflow(['backup', backup], there)).toMatchObject({ code: 2, errors: expect.stringMatching(status) });
  await until(async () => (await connectionsTo(half)) === 0); // what loaded the copy may be at its last rows
  expect(await ringflow(['restore', copy], there)).toMatchObject({ code: 0 });
  await (await house.startWorker(there)).kill();
  await half.drop();
});

async function connectionsTo({ name }: Database): Promise<number> {
  const sql = 'SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = ?';
  const [rows] = await house.store.pool.query(sql, [name]);
  return Number((rows as { n: number }[])[0]?.n);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('a copy that can not be written is told, and nothing hangs', async () => {
  const { code, errors } = await ringflow(['backup', join(folder, 'no', 'such', 'folder')]);
  expect([code, errors]).toEqual([2, expect.stringMatching(/can't be written \(ENOENT\)/)]);
});

function cut(): string {
  const file = join(folder, 'cut.copy');
  writeFileSync(file, readFileSync(copy));
  truncateSync(file, Math.floor(statSync(copy).size * 0.9));
  return file;
}

function text(sql: string): string {
  const file = join(folder, 'text.copy');
  writeFileSync(file, sql);
  return file;
}

/** Waits until the journal of the restored database has registered it, or knows why not. */
async function toldIn({ pool }: Database, linkedid: string): Promise<void> {
  for (;;) {
    const sql = "SELECT 1 FROM calls WHERE linkedid = ? AND registration_state IN ('registered', 'not-sent')";
    const [rows] = await pool.query(sql, [linkedid]);
    if ((rows as unknown[]).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
