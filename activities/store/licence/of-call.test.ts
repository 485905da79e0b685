import { allFeatures } from '../../../proto/licence/feature.ts';
import type { PermitClaims } from '../../../proto/licence/permit.ts';
import { standingOf } from '../../../proto/licence/standing.ts';
import type { Account } from '../accounts.ts';
import { createLicenceOfCall, createLicenceOfPbx } from './of-call.ts';
import { createSeatReader, type SeatReader } from './seats.ts';

const end = 4_000_000_000;
const bought = { kind: 'paid', features: [...allFeatures], paidUntil: null, exp: end, freshUntil: end, nextCheck: end };

/** What a call gets of a permit. */
function licenceBy(changes: Partial<PermitClaims> | undefined, seats: SeatReader) {
  const permit = changes && ({ ...bought, ...changes } as PermitClaims);
  const licence = { now: async () => ({ standing: standingOf(permit, Date.now()), permit }) as never };
  return createLicenceOfCall(createLicenceOfPbx(licence, { list: async () => [] }), seats)(undefined);
}
const wanted =
  (...users: number[]): SeatReader =>
  async () => ({ users, named: [] });

it('in a paid plan everybody has a seat as long as there are enough, and phones of nobody need none', async () => {
  const isUnmappedFree = true;
  expect(await licenceBy({ seats: 2 }, wanted(5, 7))).toMatchObject({ seatHolders: null, isUnmappedFree });
  expect(await licenceBy({ kind: 'trial', seats: 2 }, wanted(5, 7, 9))).toMatchObject({
    ...{ seatHolders: [5, 7], isUnmappedFree },
  });
});

it('what is free is for people who are known: phones of nobody need a seat', async () => {
  for (const changes of [undefined, { kind: 'free' as const, seats: 2 }]) {
    expect(await licenceBy(changes, wanted())).toMatchObject({ seatHolders: [], isUnmappedFree: false });
    expect(await licenceBy(changes, wanted(5))).toMatchObject({ seatHolders: [5], isUnmappedFree: false });
  }
});

const account = (id: string, state: Account['state'] = 'connected') => ({ id, state }) as Account;

/** Each account has the users that are said. @param isAway accounts that can't be read */
function seatsOf(users: Record<string, number[]>, isAway: (id: string) => boolean, accounts: Account[]): SeatReader {
  const read = async (id: string) => {
    if (isAway(id)) throw new Error(`${id} can't be read`);
    const employees = Object.fromEntries((users[id] ?? []).entries());
    return { employees, inactiveUsers: [], names: new Map(), firstSeats: [] };
  };
  return createSeatReader({ list: async () => accounts }, read, async () => new Map());
}

it('what is wrong with one account holds up no call: the last that is known counts, else everybody has a seat', async () => {
  const away = new Set<string>();
  const seats = seatsOf({ one: [5], two: [7, 9] }, (id) => away.has(id), [account('one'), account('two')]);
  away.add('two');
  expect((await licenceBy({ seats: 2 }, seats)).seatHolders).toBeNull();
  away.clear();
  expect((await licenceBy({ seats: 2 }, seats)).seatHolders).toEqual([5, 7]);
  away.add('two');
  expect((await licenceBy({ seats: 2 }, seats)).seatHolders).toEqual([5, 7]);
});

it('an account that is disconnected gives its seats back; one that waits for reconnection does not', async () => {
  const accounts = [account('one'), account('two', 'disconnected'), account('three', 'reconnect-needed')];
  const seats = seatsOf({ one: [5], two: [7], three: [9] }, () => false, accounts);
  expect((await seats()).users).toEqual([5, 9]);
});

it('of accounts in which nothing has changed nobody is asked again', async () => {
  const marks = new Map([
    ['one', 'a'],
    ['two', 'a'],
  ]);
  const asked: string[] = [];
  const people = async (id: string) => {
    asked.push(id);
    return { employees: { 101: asked.length }, inactiveUsers: [], names: new Map(), firstSeats: [] };
  };
  const accounts = [account('one'), account('two')];
  const seats = createSeatReader({ list: async () => accounts }, people, async () => new Map(marks));
  expect((await seats()).users).toEqual([1, 2]);
  expect((await seats()).users).toEqual([1, 2]);
  marks.set('two', 'b');
  expect((await seats()).users).toEqual([1, 3]);
  expect(asked).toEqual(['one', 'two', 'two']);
});
