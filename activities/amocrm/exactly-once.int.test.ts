import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { createLedger, type Ledger } from '../store/ledger.ts';
import { type Effect, exactlyOnce } from './exactly-once.ts';

let database: Database;
let ledger: Ledger;

beforeAll(async () => {
  database = await createStoreDatabase();
  ledger = createLedger(database.pool);
});
afterAll(() => database.drop());

const timePasses = (columns: 'deadline_at' | 'shows_by') =>
  database.pool.query(`UPDATE side_effects SET ${columns} = UTC_TIMESTAMP(3)`);

/** An effect whose first request is cut off; a search shows it once it is `shown`. */
function cutOff(key: string) {
  const effect = { sent: 0, looks: 0, shown: false };
  const contact: Effect<{ contactId: number }> = {
    what: 'the contact',
    showsWithinMs: 60_000,
    async lookUp() {
      effect.looks++;
      return effect.shown ? { contactId: 7 } : undefined;
    },
    async send() {
      if (effect.sent++ === 0) throw new Error('cut off');
      return { contactId: 8 };
    },
  };
  return { effect, attempt: () => exactlyOnce(ledger, key, contact) };
}

describe('an effect that a search may show late', () => {
  it('is looked for at once, and is not sent while it may still show', async () => {
    const { effect, attempt } = cutOff('late');
    await expect(attempt()).rejects.toThrow('cut off');
    await expect(attempt()).rejects.toMatchObject({ code: 'RequestUnderWay' });
    await expect(attempt()).rejects.toMatchObject({ code: 'RequestUnderWay' }); // too soon to look again
    expect(effect).toEqual({ sent: 1, looks: 1, shown: false });
    effect.shown = true;
    await timePasses('deadline_at');
    expect(await attempt()).toEqual({ contactId: 7 });
    expect(effect.sent).toBe(1);
  });

  it('is sent again when a look after the last moment has not found it', async () => {
    const { effect, attempt } = cutOff('absent');
    await expect(attempt()).rejects.toThrow('cut off');
    await timePasses('shows_by');
    expect(await attempt()).toEqual({ contactId: 8 });
    expect(effect).toEqual({ sent: 2, looks: 1, shown: false });
  });
});
