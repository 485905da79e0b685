import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { createLedger, type Ledger } from './ledger.ts';

let database: Database;
let ledger: Ledger;

beforeAll(async () => {
  database = await createStoreDatabase();
  ledger = createLedger(database.pool);
});
afterAll(() => database.drop());

const leaseMs = 60_000;
const term = { deadlineMs: leaseMs, showsWithinMs: 0 };

/** As if the deadline of this effect had passed long ago. */
async function letDeadlinePass(key: string): Promise<void> {
  await database.pool.query(
    'UPDATE side_effects SET deadline_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE effect_key = ?',
    [key],
  );
}

describe('an effect in the ledger', () => {
  it('may be sent by one of many who begin at once', async () => {
    const begins = await Promise.all(Array.from({ length: 20 }, () => ledger.begin('race', leaseMs)));
    expect(begins.filter(({ state }) => state === 'fresh')).toHaveLength(1);
    expect(begins.filter(({ state }) => state === 'in-flight')).toHaveLength(19);
  });

  it('of unknown fate is looked up by one of many once its deadline is over', async () => {
    await ledger.begin('overdue', leaseMs);
    await letDeadlinePass('overdue');
    const begins = await Promise.all(Array.from({ length: 20 }, () => ledger.begin('overdue', leaseMs)));
    expect(begins.filter(({ state }) => state === 'unknown-fate')).toHaveLength(1);
    expect(begins.filter(({ state }) => state === 'in-flight')).toHaveLength(19);
  });

  it('of unknown fate may show until the end of its term, however often it is looked for', async () => {
    await ledger.begin('showing', leaseMs);
    await ledger.leave('showing', 1, { ...term, showsWithinMs: 60_000 });
    await letDeadlinePass('showing');
    const first = await ledger.begin('showing', leaseMs);
    await letDeadlinePass('showing');
    const second = await ledger.begin('showing', leaseMs);
    const left = [first, second].map((begin) => begin.state === 'unknown-fate' && begin.mayShowForMs);
    expect(left[0]).toBeGreaterThan(110_000);
    expect(left[1]).toBeLessThanOrEqual(Number(left[0]));
    await ledger.hold('showing', 3, 5_000);
    expect(await ledger.begin('showing', leaseMs)).toMatchObject({ state: 'in-flight' });
  });

  it('of unknown fate tells what its last request was to do, until that certainly did nothing', async () => {
    await ledger.begin('intended', leaseMs);
    await ledger.leave('intended', 1, term, { text: 'first' });
    await ledger.leave('intended', 1, term, { text: 'second' });
    await ledger.cutOff('intended', 1, { deadlineMs: 0, showsWithinMs: 0 });
    expect(await ledger.begin('intended', leaseMs)).toMatchObject({ attempt: 2, intention: { text: 'second' } });
    await ledger.leave('intended', 1, term, { text: 'overtaken' });
    await letDeadlinePass('intended');
    expect(await ledger.begin('intended', leaseMs)).toMatchObject({ attempt: 3, intention: { text: 'second' } });
    await ledger.idle('intended', 3);
    await ledger.begin('intended', leaseMs);
    await letDeadlinePass('intended');
    expect(await ledger.begin('intended', leaseMs)).toMatchObject({ attempt: 5, intention: undefined });
  });

  it('that is done gives its record to whoever begins it again', async () => {
    await ledger.begin('done', leaseMs);
    await ledger.done('done', { noteId: 7 });
    expect(await ledger.begin('done', leaseMs)).toEqual({ state: 'done', record: { noteId: 7 } });
  });

  it('that certainly did not happen may be sent at once', async () => {
    await ledger.begin('idle', leaseMs);
    await ledger.idle('idle', 1);
    expect(await ledger.begin('idle', leaseMs)).toEqual({ state: 'fresh', attempt: 2 });
  });

  it('tells how long an attempt may still be under way', async () => {
    await ledger.begin('wait', leaseMs);
    const begin = await ledger.begin('wait', leaseMs);
    expect(begin).toEqual({ state: 'in-flight', retryAfterMs: expect.any(Number) });
    expect(begin.state === 'in-flight' && begin.retryAfterMs).toBeGreaterThan(50_000);
    expect(begin.state === 'in-flight' && begin.retryAfterMs).toBeLessThanOrEqual(60_050);
  });

  it('is not sent by an attempt that was overtaken', async () => {
    const first = await ledger.begin('fence', leaseMs);
    await letDeadlinePass('fence');
    const second = await ledger.begin('fence', leaseMs);
    expect([first, second]).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    await ledger.idle('fence', 1);
    expect(await ledger.hold('fence', 1, 0)).toBe(false);
    expect((await ledger.begin('fence', leaseMs)).state).toBe('in-flight');
    expect(await ledger.leave('fence', 1, term)).toBe(false);
    expect(await ledger.leave('fence', 2, term)).toBe(true);
  });

  it('may be brought about anew after it was deleted in amoCRM', async () => {
    await ledger.begin('gone', leaseMs);
    await ledger.done('gone', {});
    await ledger.forget('gone', { contactId: 7 });
    expect((await ledger.begin('gone', leaseMs)).state).toBe('done'); // a colleague's, made since
    await ledger.forget('gone', {});
    expect(await ledger.begin('gone', leaseMs)).toEqual({ state: 'fresh', attempt: 1 });
  });

  it('is known again however the database spells its record, as MySQL does', async () => {
    const record = { uid: 'a"b', leadId: null };
    await ledger.begin('spelt', leaseMs);
    await ledger.done('spelt', record);
    await database.pool.query("UPDATE side_effects SET record = ? WHERE effect_key = 'spelt'", [
      String.raw`{"leadId": null, "uid": "a\"b"}`,
    ]);
    await ledger.forget('spelt', { ...record, leadId: 7 });
    expect(await ledger.begin('spelt', leaseMs)).toEqual({ state: 'done', record });
    await ledger.forget('spelt', record);
    expect(await ledger.begin('spelt', leaseMs)).toEqual({ state: 'fresh', attempt: 1 });
  });
});
