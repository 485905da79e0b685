import { fewAtATime } from './few-at-a-time.ts';

it('while so many hang no other is begun, and all are told in time', async () => {
  const doing = fewAtATime(1, 30);
  const hanging = Promise.withResolvers<string>();
  const begun: string[] = [];
  const second = async () => begun.push('second');
  expect(await Promise.all([doing(() => hanging.promise, 'late'), doing(second, 'late')])).toEqual(['late', 'late']);
  expect(await doing(second, 'late')).toBe('late');
  hanging.resolve('done');
  expect(await doing(async () => 'third', 'late')).toBe('third');
  expect(begun).toEqual([]);
});

it('side by side at most so many', async () => {
  const doing = fewAtATime(2, 10_000);
  let [now, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++now);
    await new Promise(setImmediate);
    now--;
  };
  await Promise.all(Array.from({ length: 9 }, () => doing(work, 'late')));
  expect(most).toBe(2);
});

it('one that fails keeps no other waiting', async () => {
  const doing = fewAtATime(1, 10_000);
  await expect(doing(() => Promise.reject(new Error('EIO')), 'late')).rejects.toThrow('EIO');
  expect(await doing(async () => 'done', 'late')).toBe('done');
});
