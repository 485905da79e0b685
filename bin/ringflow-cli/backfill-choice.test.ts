import { readChoice } from './backfill-choice.ts';
import { BadInput } from './bad-input.ts';

const period = (from: string, to: string, zone: string) => {
  const choice = readChoice({ from, to, linkedids: [] }, zone);
  if (!('period' in choice)) throw new Error('A period was asked for');
  const { fromMs, toMs } = choice.period;
  return [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 16));
};

const moscow = 'Europe/Moscow';
it.each<[string, string, string, string, string, string]>([
  ['a day, to its end', '2026-11-30', '2026-11-30', '2026-11-29T21:00', '2026-11-30T21:00', moscow],
  ['the last day of a year', '2026-12-01', '2026-12-31', '2026-11-30T21:00', '2026-12-31T21:00', moscow],
  ['times of the PBX', '2026-11-30T09:15', '2026-11-30T10:00', '2026-11-30T06:15', '2026-11-30T07:00', moscow],
  ['other clocks', '2026-11-30T09:15+05:30', '2026-11-30T10:00Z', '2026-11-30T03:45', '2026-11-30T10:00', moscow],
  ['west of us', '2026-11-30T00:00-03:00', '2026-12-01', '2026-11-30T03:00', '2026-12-01T21:00', moscow],
  ['a day of 25 hours', '2026-10-25', '2026-10-25', '2026-10-24T22:00', '2026-10-25T23:00', 'Europe/Berlin'],
])('%s', (_, from, to, fromUtc, toUtc, zone) => {
  expect(period(from, to, zone)).toEqual([fromUtc, toUtc]);
});

it('calls are named one by one, each once', () => {
  const asked = { from: undefined, to: undefined, linkedids: ['1795597200.1', 'pbx-1795597200.2', '1795597200.1'] };
  expect(readChoice(asked, 'UTC')).toEqual({ linkedids: ['1795597200.1', 'pbx-1795597200.2'] });
});

it.each<[string, string | undefined, string | undefined, string[], RegExp]>([
  ['nothing', undefined, undefined, [], /a period by --from and --to, or single ones by --call/],
  ['half a period', '2026-11-30', undefined, [], /a period by --from and --to/],
  ['a period and calls', '2026-11-30', '2026-11-30', ['1.1'], /not both/],
  ['no linkedid', undefined, undefined, ['all'], /--call takes the linkedids/],
  ['a day that is none', '2026-02-30', '2026-03-01', [], /--from has a wrong form.*clock of the PBX \(UTC\)/],
  ['an hour that is none', '2026-02-20', '2026-03-01T25:00', [], /--to has a wrong form/],
  ['an offset that is none', '2026-02-20T00:00+20:00', '2026-03-01', [], /--from has a wrong form/],
  ['words', 'yesterday', 'today', [], /--from has a wrong form/],
])('%s is refused in words', (_, from, to, linkedids, words) => {
  const read = () => readChoice({ from, to, linkedids }, 'UTC');
  expect(read).toThrow(BadInput);
  expect(read).toThrow(words);
});
