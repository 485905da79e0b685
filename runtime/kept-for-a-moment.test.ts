import { keptForAMoment } from './kept-for-a-moment.ts';

/** A store that answers when it is let. */
function slowStore() {
  const answers: ((value: string | undefined) => void)[] = [];
  const read = jest.fn((_id: string) => new Promise<string | undefined>((resolve) => answers.push(resolve)));
  return { read, answer: (value: string | undefined) => answers.shift()?.(value) };
}

it('is read once for all who ask at once, and not again while it is fresh', async () => {
  const { read, answer } = slowStore();
  const kept = keptForAMoment(read, { freshMs: 60_000, usableMs: 60_000 });
  const asked = [kept.get('a'), kept.get('a')];
  answer('one');
  expect(await Promise.all(asked)).toEqual(['one', 'one']);
  expect(await kept.get('a')).toBe('one');
  expect(read).toHaveBeenCalledTimes(1);
});

it('what is no longer fresh is used while it is read anew', async () => {
  const { read, answer } = slowStore();
  const kept = keptForAMoment(read, { freshMs: 0, usableMs: 60_000 });
  const first = kept.get('a');
  answer('one');
  await first;
  expect(await kept.get('a')).toBe('one'); // the store has not answered
  const anew = kept.getFresh('a');
  answer('two');
  expect(await anew).toBe('two');
  expect(await kept.get('a')).toBe('two');
});

it('what was forgotten while it was read is not kept', async () => {
  const { read, answer } = slowStore();
  const kept = keptForAMoment(read, { freshMs: 60_000, usableMs: 60_000 });
  const old = kept.get('a');
  kept.forget('a');
  const fresh = kept.get('a');
  answer('old');
  answer('new');
  expect(await Promise.all([old, fresh])).toEqual(['old', 'new']);
  expect(await kept.get('a')).toBe('new');
});

it('neither what is not there nor a failure is kept', async () => {
  const read = jest.fn(async (_id: string): Promise<string | undefined> => undefined);
  const kept = keptForAMoment(read, { freshMs: 60_000, usableMs: 60_000 });
  expect(await kept.get('a')).toBeUndefined();
  read.mockRejectedValueOnce(new Error('away'));
  await expect(kept.get('a')).rejects.toThrow('away');
  read.mockResolvedValueOnce('there');
  expect(await kept.get('a')).toBe('there');
});
