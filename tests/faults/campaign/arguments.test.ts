import { readArguments } from './arguments.ts';

it('a campaign needs no arguments, and heeds those that it is given', () => {
  expect(readArguments([])).toMatchObject({
    campaign: { seed: 1, callsOfNumber: 3 },
    workers: 1,
    temporal: 'dev-server',
  });
  expect(readArguments(['--seed', '7', '--per-second=0.5', '--workers', '2', '--temporal', 'postgres'])).toMatchObject({
    ...{ campaign: { seed: 7, perSecond: 0.5 }, workers: 2, temporal: 'postgres' },
  });
});

it.each([
  [['--calls-of-number', '0'], '--calls-of-number is a number from 1 on, not "0".'],
  [['--seconds', '-5'], /seconds/],
  [['--seconds=-5'], '--seconds is a number from 1 on, not "-5".'],
  [['--every', '0'], '--every is a number from 0.1 on, not "0".'],
  [['--per-second', 'many'], '--per-second is a number from 0.01 on, not "many".'],
  [['--per-second', ''], '--per-second is a number from 0.01 on, not "".'],
  [['--seed', '1.5'], '--seed is a whole number from 0 on, not "1.5".'],
  [['--workers', '0'], '--workers is a whole number from 1 on, not "0".'],
  [['--temporal', 'mysql'], '--temporal is one of dev-server, postgres, not "mysql".'],
  [['--second', '5'], /Unknown option '--second'\. Options here: --seed, /],
  [['5'], /Unexpected argument '5'/],
])('%j is refused in words', (args, words) => expect(() => readArguments(args)).toThrow(words));
