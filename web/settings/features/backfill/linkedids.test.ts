import { Value } from 'typebox/value';
import { BackfillChoice, mostChosenCalls } from '../../../../proto/backfill.ts';
import { linkedidsIn } from './linkedids.ts';

it.each<[string, string, string[]]>([
  ['one on each line', '1795597200.17\n1795597201.18\n', ['1795597200.17', '1795597201.18']],
  [
    'as a table gives them',
    ' 1795597200.17\t1795597201.18;1795597202.19, ',
    ['1795597200.17', '1795597201.18', '1795597202.19'],
  ],
  ['twice', '1795597200.17 1795597200.17', ['1795597200.17']],
  ['with the name of the PBX', 'office-1795597200.17', ['office-1795597200.17']],
])('linkedids %s are taken, as the API takes them', (_, text, linkedids) => {
  expect(linkedidsIn(text)).toEqual({ linkedids });
  expect(Value.Check(BackfillChoice, { linkedids })).toBe(true);
});

it('what is none is named, and too many are counted', () => {
  expect(linkedidsIn(' \n')).toBe('none');
  expect(linkedidsIn('1795597200.17 Anna')).toEqual({ wrong: 'Anna' });
  expect(linkedidsIn('1'.repeat(151))).toEqual({ wrong: '1'.repeat(151) });
  const many = Array.from({ length: mostChosenCalls + 1 }, (_, i) => `${i}.1`).join('\n');
  expect(linkedidsIn(many)).toEqual({ tooMany: mostChosenCalls + 1 });
});
