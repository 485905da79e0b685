import { oneAtATime } from './one-at-a-time.ts';

it('while one look hangs no other is begun, and all are told in time', async () => {
  const look = oneAtATime(30);
  const hanging = Promise.withResolvers<string>();
  const begun: string[] = [];
  const second = async () => begun.push('second');
  expect(await Promise.all([look(() => hanging.promise, 'late'), look(second, 'late')])).toEqual(['late', 'late']);
  expect(await look(second, 'late')).toBe('late');
  hanging.resolve('seen');
  expect(await look(async () => 'third', 'late')).toBe('third');
  expect(begun).toEqual([]);
});

it('one that fails keeps no other waiting', async () => {
  const look = oneAtATime(10_000);
  await expect(look(() => Promise.reject(new Error('EIO')), 'late')).rejects.toThrow('EIO');
  expect(await look(async () => 'seen', 'late')).toBe('seen');
});
