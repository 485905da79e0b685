import { createShares } from './fair-slots.ts';

/** How many of so many takes succeed. */
const take = (shares: ReturnType<typeof createShares>, account: string, times: number): number =>
  Array.from({ length: times }, () => shares.take(account)).filter(Boolean).length;

it('an account that is alone may take all slots', () => {
  expect(take(createShares(8, Date.now), 'a', 10)).toBe(10); // Temporal gives no more than there are
});

it('a busy account leaves slots to another, and that one to a third', () => {
  const shares = createShares(16, Date.now);
  shares.take('b');
  shares.free('b');
  expect(take(shares, 'a', 100)).toBe(8);
  expect(take(shares, 'b', 100)).toBe(4);
  expect(take(shares, 'c', 100)).toBe(2);
});

it('freed slots can be taken again', () => {
  const shares = createShares(16, Date.now);
  shares.take('b');
  const taken = take(shares, 'a', 100);
  shares.free('a');
  expect(taken).toBeLessThan(16);
  expect(take(shares, 'a', 100)).toBe(1);
});

it('accounts that have long asked for nothing hold nothing back', () => {
  let nowMs = 0;
  const shares = createShares(16, () => nowMs);
  shares.take('b');
  shares.free('b');
  nowMs = 3_600_000;
  expect(take(shares, 'a', 16)).toBe(16);
});
