import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { createLedger, type Ledger } from '../store/ledger.ts';
import { type Effect, exactlyOnce, type NextRequest } from './exactly-once.ts';

let database: Database;
let ledger: Ledger;

beforeAll(async () => {
  database = await createStoreDatabase();
  ledger = createLedger(database.pool);
});
afterAll(() => database.drop());

const secondsPass = (seconds: number) =>
  database.pool.query(
    'UPDATE side_effects SET deadline_at = deadline_at - INTERVAL ? SECOND, shows_by = shows_by - INTERVAL ? SECOND',
    [seconds, seconds],
  );

type Request = 'is cut off' | 'is killed with its process' | 'is answered' | 'stays at home';

/** A contact whose requests end in these ways, one after the other; amoCRM shows it once it is `shown`. */
function contactWith(key: string, ways: Request[], showsWithinMs: number) {
  const effect = { left: 0, looks: 0, shown: false };
  const contact: Effect<{ contactId: number }, { name: string }> = {
    what: 'the contact',
    showsWithinMs,
    async lookUp(intention) {
      expect(intention).toEqual({ name: 'New' });
      effect.looks++;
      return effect.shown ? { contactId: 7 } : undefined;
    },
    async send(nextRequest: NextRequest<{ name: string }>) {
      const way = ways.shift() ?? 'is answered';
      if (way === 'stays at home') throw new Error(way);
      await nextRequest({ name: 'New' });
      effect.left++;
      if (way === 'is killed with its process') return new Promise(() => undefined);
      if (way === 'is cut off') throw new Error(way);
      return { contactId: 8 };
    },
  };
  const left = async () => {
    while (effect.left === 0) await new Promise(setImmediate);
  };
  return { effect, left, attempt: () => exactlyOnce(ledger, key, contact) };
}

describe('an effect that a search may show late', () => {
  it('is looked for at once, and is not sent while it may still show', async () => {
    const { effect, attempt } = contactWith('late', ['is cut off'], 60_000);
    await expect(attempt()).rejects.toThrow('cut off');
    await expect(attempt()).rejects.toMatchObject({ code: 'RequestUnderWay' });
    await expect(attempt()).rejects.toMatchObject({ code: 'RequestUnderWay' }); // too soon to look again
    expect(effect).toEqual({ left: 1, looks: 1, shown: false });
    effect.shown = true;
    await secondsPass(10);
    expect(await attempt()).toEqual({ contactId: 7 });
    expect(effect.left).toBe(1);
  });

  it('is sent again when a look after the last moment has not found it', async () => {
    const { effect, attempt } = contactWith('absent', ['is cut off'], 60_000);
    await expect(attempt()).rejects.toThrow('cut off');
    await secondsPass(60);
    expect(await attempt()).toEqual({ contactId: 8 });
    expect(effect).toEqual({ left: 2, looks: 1, shown: false });
  });
});

describe('an effect whose process was killed while amoCRM worked on it', () => {
  const killed = async (key: string) => {
    const shop = contactWith(key, ['is killed with its process'], 2_000);
    void shop.attempt();
    await shop.left();
    await secondsPass(18);
    return shop;
  };

  it('is found as soon as its request must be over', async () => {
    const { effect, attempt } = await killed('found');
    effect.shown = true;
    expect(await attempt()).toEqual({ contactId: 7 });
  });

  it('is not sent again as long as amoCRM may be slow about it, only looked for', async () => {
    const { effect, attempt } = await killed('slow');
    for (const seconds of [3, 10]) {
      await secondsPass(seconds);
      await expect(attempt()).rejects.toMatchObject({ code: 'RequestUnderWay' });
    }
    expect(effect).toMatchObject({ left: 1, looks: 2 });
    await secondsPass(10);
    expect(await attempt()).toEqual({ contactId: 8 });
  });
});

it('an effect of which no request left is sent at once by the next attempt', async () => {
  const { effect, attempt } = contactWith('at home', ['stays at home'], 60_000);
  await expect(attempt()).rejects.toThrow('at home');
  expect(await attempt()).toEqual({ contactId: 8 });
  expect(effect).toMatchObject({ left: 1, looks: 0 });
});
