import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { createLedger, type Ledger } from './ledger.ts';

let database: Database;
let ledger: Ledger;

beforeAll(async () => {
  database = await createStoreDatabase();
  ledger = createLedger(database.pool);
});
afterAll(() => database.drop());

const term = { deadlineMs: 60_000, showsWithinMs: 0 };

/** As if the deadline of this effect had passed long ago. */
async function letDeadlinePass(key: string): Promise<void> {
  await database.pool.query(
    'UPDATE side_effects SET deadline_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE effect_key = ?',
    [key],
  );
}

describe('an effect in the ledger', () => {
  it('may be sent by one of many who begin at once', async () => {
    const begins = await Promise.all(Array.from({ length: 20 }, () => ledger.begin('race', term)));
    expect(begins.filter(({ state }) => state === 'fresh')).toHaveLength(1);
    expect(begins.filter(({ state }) => state === 'in-flight')).toHaveLength(19);
  });

  it('of unknown fate is looked up by one of many once its deadline is over', async () => {
    await ledger.begin('overdue', term);
    await letDeadlinePass('overdue');
    const begins = await Promise.all(Array.from({ length: 20 }, () => ledger.begin('overdue', term)));
    expect(begins.filter(({ state }) => state === 'unknown-fate')).toHaveLength(1);
    expect(begins.filter(({ state }) => state === 'in-flight')).toHaveLength(19);
  });

  it('of unknown fate may show until the end of its term, however often it is looked for', async () => {
    await ledger.begin('showing', { ...term, showsWithinMs: 60_000 });
    await letDeadlinePass('showing');
    const first = await ledger.begin('showing', term);
    await letDeadlinePass('showing');
    const second = await ledger.begin('showing', term);
    const left = [first, second].map((begin) => begin.state === 'unknown-fate' && begin.mayShowForMs);
    expect(left[0]).toBeGreaterThan(110_000);
    expect(left[1]).toBeLessThanOrEqual(Number(left[0]));
    await ledger.lookAgain('showing', 3, 5_000);
    expect(await ledger.begin('showing', term)).toMatchObject({ state: 'in-flight' });
  });

  it('that is done gives its record to whoever begins it again', async () => {
    await ledger.begin('done', term);
    await ledger.done('done', { noteId: 7 });
    expect(await ledger.begin('done', term)).toEqual({ state: 'done', record: { noteId: 7 } });
  });

  it('that certainly did not happen may be sent at once', async () => {
    await ledger.begin('idle', term);
    await ledger.idle('idle', 1);
    expect(await ledger.begin('idle', term)).toEqual({ state: 'fresh', attempt: 2 });
  });

  it('tells how long an attempt may still be under way', async () => {
    await ledger.begin('wait', term);
    const begin = await ledger.begin('wait', term);
    expect(begin).toEqual({ state: 'in-flight', retryAfterMs: expect.any(Number) });
    expect(begin.state === 'in-flight' && begin.retryAfterMs).toBeGreaterThan(50_000);
    expect(begin.state === 'in-flight' && begin.retryAfterMs).toBeLessThanOrEqual(60_050);
  });

  it('is not sent by an attempt that was overtaken', async () => {
    const first = await ledger.begin('fence', term);
    await letDeadlinePass('fence');
    const second = await ledger.begin('fence', term);
    expect([first, second]).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    await ledger.idle('fence', 1);
    await ledger.lookAgain('fence', 1, 0);
    expect((await ledger.begin('fence', term)).state).toBe('in-flight');
    expect(await ledger.extend('fence', 1, term)).toBe(false);
    expect(await ledger.extend('fence', 2, term)).toBe(true);
  });

  it('may be brought about anew after it was deleted in amoCRM', async () => {
    await ledger.begin('gone', term);
    await ledger.done('gone', {});
    await ledger.forget('gone', { contactId: 7 });
    expect((await ledger.begin('gone', term)).state).toBe('done'); // a colleague's, made since
    await ledger.forget('gone', {});
    expect(await ledger.begin('gone', term)).toEqual({ state: 'fresh', attempt: 1 });
  });

  it('is known again however the database spells its record, as MySQL does', async () => {
    const record = { uid: 'a"b', leadId: null };
    await ledger.begin('spelt', term);
    await ledger.done('spelt', record);
    await database.pool.query("UPDATE side_effects SET record = ? WHERE effect_key = 'spelt'", [
      String.raw`{"leadId": null, "uid": "a\"b"}`,
    ]);
    await ledger.forget('spelt', { ...record, leadId: 7 });
    expect(await ledger.begin('spelt', term)).toEqual({ state: 'done', record });
    await ledger.forget('spelt', record);
    expect(await ledger.begin('spelt', term)).toEqual({ state: 'fresh', attempt: 1 });
  });
});
