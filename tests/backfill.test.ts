import { noCounts } from '../proto/backfill.ts';
import { callWorkflowId } from '../workflows/call/contract.ts';
import { backfillsOf, callsOfThePast, daysAgo, periodFrom } from './rig/backfills.ts';
import { belongingsOf } from './rig/belongings.ts';
import { newCall, recordsOf, split, strangersNumber, wholeCall, write } from './rig/calls.ts';
import { rowsInTable } from './rig/cel-rows.ts';
import { type Installation, install } from './rig/installation.ts';
import { leaveNote } from './rig/others-note.ts';
import { contact, register, rule, setRules } from './rig/rules.ts';

jest.setTimeout(120_000);

/** Calls that nobody has read are brought into amoCRM later, by the same actors as those of today. */

let house: Installation;
let backfills: ReturnType<typeof backfillsOf>;

beforeAll(async () => {
  house = await install();
  backfills = backfillsOf(house);
  await house.startWorker();
});
afterAll(async () => {
  await backfills.close();
  await house.remove();
});
afterEach(() => house.amocrm.clearFaults());

const kinds = [
  'in-direct-answered',
  'in-direct-no-answer',
  'out-answered',
  'xfer-attended-phone',
  'pickup',
  'internal-answered',
];

it('each call of a period is registered once, also those that Asterisk joined; once more nothing is written', async () => {
  const began = daysAgo(140);
  const calls = await callsOfThePast(house, kinds, began);
  const outside = await callsOfThePast(house, ['in-direct-answered'], began + 2 * 86_400_000);
  const counts = await backfills.ended(await backfills.begin(periodFrom(began)));
  // two linkedids of the transfer and of the pickup; the internal call is told and not sent
  expect(counts).toEqual({ ...noCounts, calls: 8, registered: 5, notSent: 1, joined: 2 });
  for (const { linkedid, linkedids } of calls.slice(0, 5)) {
    expect(await recordsOf(house, linkedids)).toMatchObject([{ uniq: `${house.pbxId}:${linkedid}` }]);
  }
  expect(await recordsOf(house, outside[0]?.linkedids ?? [])).toEqual([]);
  const { requests, cards } = await house.amocrm.state();
  expect(cards).toEqual([]);
  expect(await backfills.ended(await backfills.begin(periodFrom(began)))).toEqual({
    ...noCounts,
    ...{ calls: 8, left: 5, notSent: 1, joined: 2 },
  });
  expect((await house.amocrm.state()).requests).toHaveLength(requests.length);
});

it('only the calls and their contacts are brought where that is all that is wanted, and no task', async () => {
  await setRules(house, [
    rule([{ do: 'create-lead', responsible: ['first-rung'], name: 'Call of {{phone}}' }], { phase: 'requested' }),
    rule([register, contact, { do: 'create-task', responsible: ['first-rung'], text: 'Call back', dueMinutes: 5 }]),
  ]);
  const began = daysAgo(130);
  const [bare] = await callsOfThePast(house, ['in-direct-no-answer'], began);
  expect(await backfills.ended(await backfills.begin(periodFrom(began), { scope: 'records' }))).toMatchObject({
    registered: 1,
  });
  expect(await belongingsOf(house, bare?.phone ?? '')).toEqual({ contacts: 1, calls: 1, leads: 0, tasks: 0 });
  const whole = await callsOfThePast(house, ['in-direct-no-answer'], daysAgo(125));
  expect(await backfills.ended(await backfills.begin(periodFrom(daysAgo(125))))).toMatchObject({ registered: 1 });
  expect(await belongingsOf(house, whole[0]?.phone ?? '')).toMatchObject({ contacts: 1, calls: 1, leads: 1 });
});

it('a call that another product has put into amoCRM is left as it is, if so wanted', async () => {
  await setRules(house, [rule([register, contact])]);
  const began = daysAgo(120);
  const [theirs, missing] = await callsOfThePast(house, ['in-direct-answered', 'in-direct-answered'], began);
  if (!theirs || !missing) throw new Error('Two calls were made');
  const contactId = await house.amocrm.addContact(theirs.phone);
  await leaveNote(house, 'contacts', contactId, {
    ...{ duration: 4, responsible: 504141, createdAtSeconds: Math.floor(began / 1000) },
  });
  const id = await backfills.begin(periodFrom(began), { leaveOthers: true });
  expect(await backfills.ended(id)).toMatchObject({ calls: 2, registered: 1, notSent: 1 });
  expect(await recordsOf(house, theirs.linkedids)).toEqual([]);
  expect(await recordsOf(house, missing.linkedids)).toHaveLength(1);
  expect((await house.journal(theirs.linkedid))?.registration).toMatchObject({
    ...{ state: 'not-sent', reason: expect.stringMatching(/stands in amoCRM already.*Another PBX/) },
  });
});

it('a record of another product is left for one call of its client alone, the one that it fits best', async () => {
  const began = daysAgo(115);
  const calls = await callsOfThePast(house, ['in-direct-answered', 'in-direct-answered'], began, strangersNumber());
  const [missing, theirs] = calls;
  if (!theirs || !missing) throw new Error('Two calls were made');
  const contactId = await house.amocrm.addContact(theirs.phone);
  await leaveNote(house, 'contacts', contactId, {
    ...{ duration: 4, responsible: 504141, createdAtSeconds: Math.floor(began / 1000) + 60 }, // as the second began
  });
  const slow = backfillsOf(house, { mostAtOnce: 1 });
  expect(await slow.ended(await slow.begin(periodFrom(began), { leaveOthers: true }))).toMatchObject({
    ...{ calls: 2, registered: 1, notSent: 1 },
  });
  await slow.close();
  expect(await recordsOf(house, theirs.linkedids)).toEqual([]);
  expect(await recordsOf(house, missing.linkedids)).toHaveLength(1);
});

it('a call whose record turned out to be that of a later backfill says so, and is brought when it is asked for again', async () => {
  const began = daysAgo(114);
  const [first, theirs] = await callsOfThePast(
    house,
    ['in-direct-answered', 'in-direct-answered'],
    began,
    strangersNumber(),
  );
  if (!theirs || !first) throw new Error('Two calls were made');
  const contactId = await house.amocrm.addContact(theirs.phone);
  await leaveNote(house, 'contacts', contactId, {
    ...{ duration: 4, responsible: 504141, createdAtSeconds: Math.floor(began / 1000) + 60 }, // as the second began
  });
  const bring = async ({ linkedid }: { linkedid: string }) =>
    backfills.ended(await backfills.begin({ linkedids: [linkedid] }, { leaveOthers: true }));
  expect(await bring(first)).toMatchObject({ notSent: 1 });
  expect(await bring(theirs)).toMatchObject({ notSent: 1 });
  expect((await house.journal(first.linkedid))?.registration).toMatchObject({
    ...{ state: 'not-sent', reason: expect.stringMatching(/turned out to be another call's/) },
  });
  expect(await bring(first)).toMatchObject({ registered: 1 });
  expect(await recordsOf(house, [...first.linkedids, ...theirs.linkedids])).toHaveLength(1);
});

it('calls that were brought before our database was lost are found in amoCRM, and not brought anew', async () => {
  const began = daysAgo(112);
  const calls = await callsOfThePast(house, ['in-direct-answered', 'out-answered'], began);
  expect(await backfills.ended(await backfills.begin(periodFrom(began)))).toMatchObject({ registered: 2 });
  for (const table of ['side_effects', 'calls', 'known_clients', 'known_client_entities']) {
    await house.store.pool.query(`DELETE FROM ${table}`);
  }
  await house.emptyRedis();
  const restartWorker = async (changes: Record<string, string> = {}) => {
    await house.parts.at(-1)?.kill();
    await house.startWorker(changes);
  };
  await restartWorker({ DATABASE_WAS_LOST: 'yes' });
  expect(await backfills.ended(await backfills.begin(periodFrom(began)))).toMatchObject({ registered: 2 });
  for (const { linkedids } of calls) expect(await recordsOf(house, linkedids)).toHaveLength(1);
  await restartWorker();
});

it('a call that waits for a person holds up no other, and is told', async () => {
  await setRules(house, [rule([register, contact])]);
  const began = daysAgo(110);
  const [refused] = await callsOfThePast(house, ['in-direct-answered', ...Array(5).fill('in-direct-answered')], began);
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403, times: 1 });
  const id = await backfills.begin(periodFrom(began));
  const counts = await backfills.ended(id);
  expect(counts).toMatchObject({ calls: 6, registered: 5, needsAttention: 1 });
  expect(await backfills.store.calls(id, 'needsAttention', undefined, 10)).toHaveLength(1);
  expect(refused).toBeDefined();
});

it('a call that waited for a person before is waited for when it is brought once more', async () => {
  await setRules(house, [rule([register, contact])]);
  const began = daysAgo(108);
  const [old] = await callsOfThePast(house, ['in-direct-answered'], began);
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403, times: 1 });
  expect(await backfills.ended(await backfills.begin(periodFrom(began)))).toMatchObject({ needsAttention: 1 });
  await house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, old?.linkedid ?? '', 1)).terminate('as if lost');
  await house.amocrm.fault({ match: 'POST /api/v4/contacts', kind: 'delay', delayMs: 2_000, times: 5 });
  expect(await backfills.ended(await backfills.begin(periodFrom(began)))).toEqual({
    ...noCounts,
    calls: 1,
    registered: 1,
  });
});

it('it is cancelled also while amoCRM is away: the calls in hand come to their end without it, and are named', async () => {
  await setRules(house, [rule([register, contact])]);
  const began = daysAgo(106);
  const calls = await callsOfThePast(house, Array(5).fill('in-direct-answered'), began);
  await house.amocrm.fault({ match: 'POST /api/v4/', kind: 'status', status: 503, times: 10_000 });
  const few = backfillsOf(house, { mostAtOnce: 3 });
  const id = await few.begin(periodFrom(began));
  await few.until(id, (_, { inHand }) => inHand > 2);
  await few.actors.command(await few.find(id), 'cancel');
  await few.until(id, ({ state, endedAtMs }) => state === 'cancelled' && endedAtMs !== null);
  const { inHand, underWay, calls: begun } = await few.store.counts(id);
  expect({ inHand, begun }).toEqual({ inHand: 0, begun: underWay });
  expect(begun).toBeLessThan(5);
  await house.amocrm.clearFaults();
  await few.until(id, (_, { registered }) => registered === begun);
  for (const { linkedids } of calls) expect((await recordsOf(house, linkedids)).length).toBeLessThan(2);
  await few.close();
});

it('it pauses, goes on and is cancelled; what was begun comes to its end', async () => {
  const began = daysAgo(100);
  const calls = await callsOfThePast(house, Array(12).fill('in-direct-answered'), began);
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'delay', delayMs: 300, times: 30 });
  const slow = backfillsOf(house, { mostAtOnce: 2 });
  const { find, actors, until } = slow;
  const id = await slow.begin(periodFrom(began));
  await until(id, (_, { registered }) => registered > 0);
  expect(await actors.command(await find(id), 'pause')).toBe('paused');
  expect(await find(id)).toMatchObject({ state: 'paused' });
  expect(await actors.begin(await find(id), 'any', 'boris')).toBeUndefined(); // one at a time
  expect(await actors.command(await find(id), 'resume')).toBe('running');
  expect(await actors.command(await find(id), 'cancel')).toBe('cancelled');
  await until(id, ({ endedAtMs }) => endedAtMs !== null);
  expect(await find(id)).toMatchObject({ state: 'cancelled' });
  const { calls: begun } = await backfills.store.counts(id);
  await house.amocrm.clearFaults();
  const again = await backfills.ended(await backfills.begin(periodFrom(began)));
  expect(again.registered + again.left).toBe(12);
  expect(begun).toBeLessThan(12);
  await slow.close();
  for (const { linkedids } of calls) expect(await recordsOf(house, linkedids)).toHaveLength(1);
});

it('it goes on in new runs of its workflow where one history would grow too long, also while it is paused', async () => {
  const began = daysAgo(95);
  const calls = await callsOfThePast(house, Array(9).fill('in-direct-answered'), began);
  const short = backfillsOf(house, { callsPerPage: 2, pagesPerRun: 1 });
  const id = await short.begin(periodFrom(began));
  await short.until(id, (_, { registered }) => registered > 0);
  await short.actors.command(await short.find(id), 'pause');
  await short.actors.command(await short.find(id), 'resume');
  expect(await short.ended(id)).toMatchObject({ calls: 9, registered: 9 });
  for (const { linkedids } of calls) expect(await recordsOf(house, linkedids)).toHaveLength(1);
  await short.close();
});

it('the worker dies in the midst of it: each call stands there once', async () => {
  const began = daysAgo(90);
  const calls = await callsOfThePast(house, Array(20).fill('in-direct-answered'), began);
  const id = await backfills.begin(periodFrom(began));
  await backfills.until(id, (_, { registered }) => registered > 2);
  await house.parts.at(-1)?.kill();
  await house.startWorker();
  expect(await backfills.ended(id)).toMatchObject({ calls: 20, registered: 20 });
  for (const { linkedids } of calls) expect(await recordsOf(house, linkedids)).toHaveLength(1);
});

it('what it is asked while no worker runs takes effect when one does', async () => {
  const began = daysAgo(88);
  const calls = await callsOfThePast(house, Array(3).fill('in-direct-answered'), began);
  await house.parts.at(-1)?.kill();
  const id = await backfills.begin(periodFrom(began));
  expect(await backfills.actors.command(await backfills.find(id), 'pause')).toBe('asked');
  await house.startWorker();
  await backfills.until(id, ({ state }) => state === 'paused');
  expect(await backfills.actors.command(await backfills.find(id), 'resume')).toBe('running');
  expect(await backfills.ended(id)).toMatchObject({ calls: 3, registered: 3 });
  for (const { linkedids } of calls) expect(await recordsOf(house, linkedids)).toHaveLength(1);
});

it("while the PBX's database is away it says so, and goes on by itself", async () => {
  const began = daysAgo(80);
  await callsOfThePast(house, ['in-direct-answered'], began);
  await house.pbx.pool.query('RENAME TABLE cel TO cel_away');
  const id = await backfills.begin(periodFrom(began));
  await backfills.until(id, ({ reason }) => /can't be read/.test(reason));
  await house.pbx.pool.query('RENAME TABLE cel_away TO cel');
  expect(await backfills.ended(id)).toMatchObject({ registered: 1 });
  expect(await backfills.find(id)).toMatchObject({ state: 'done', reason: '' });
});

it('a call that goes on while nobody reads is not told as if it were over', async () => {
  const talking = newCall('in-direct-answered', { clientNumber: strangersNumber(), startedAtMs: Date.now() - 60_000 });
  const [begun, rest] = split(talking.rows, ({ eventtype }) => eventtype === 'HANGUP');
  await write(house, begun);
  const choice = { linkedids: [talking.linkedid] };
  expect(await backfills.ended(await backfills.begin(choice))).toEqual({ ...noCounts, calls: 1, underWay: 1 });
  expect(await recordsOf(house, talking.linkedids)).toEqual([]);
  await write(house, rest);
  expect(await backfills.ended(await backfills.begin(choice))).toEqual({ ...noCounts, calls: 1, registered: 1 });
  expect(await recordsOf(house, talking.linkedids)).toHaveLength(1);
});

it('a call that was only observed is brought where the other product has lost it', async () => {
  const observed = (until: string | null) =>
    setRules(house, [rule([register, contact])], { observedPbxs: { [house.pbxId]: { until } } });
  await observed(null);
  const lost = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, lost.rows);
  await house.deliver(lost.linkedid, await rowsInTable(house, [lost.linkedid]), {}, true);
  await house.shows(lost.linkedid, /observed|would/i);
  await house.temporal.workflow.getHandle(`call:${house.pbxId}:${lost.linkedid}`).terminate('the rest takes minutes');
  await observed(new Date(Date.now() - 60_000).toISOString()); // calls that begin now are acted on
  const choice = { linkedids: [lost.linkedid] };
  expect(await backfills.ended(await backfills.begin(choice))).toMatchObject({ left: 1 });
  expect(await backfills.ended(await backfills.begin(choice, { leaveOthers: true }))).toMatchObject({ registered: 1 });
  expect(await recordsOf(house, [lost.linkedid])).toHaveLength(1);
});

it('calls that go on are left to their own actors; chosen calls are found by their ids', async () => {
  await setRules(house, [rule([register, contact])]);
  const connector = await house.startConnector();
  const client = strangersNumber();
  const served = await wholeCall(house, 'in-direct-answered', client);
  const talking = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const [begun, rest] = split(talking.rows, ({ eventtype }) => eventtype === 'HANGUP');
  await write(house, begun);
  await house.shows(talking.linkedid, /talking/);
  const [old] = await callsOfThePast(house, ['out-answered'], daysAgo(70));
  const linkedids = [served, talking.linkedid, old?.linkedid ?? '', '1111111111.1'];
  const id = await backfills.begin({ linkedids });
  expect(await backfills.ended(id)).toEqual({ ...noCounts, calls: 3, left: 1, underWay: 1, registered: 1 });
  await write(house, rest);
  await house.closed(talking.linkedid);
  expect(await recordsOf(house, talking.linkedids)).toHaveLength(1);
  await connector.kill();
});
