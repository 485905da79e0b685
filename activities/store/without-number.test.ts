import { withoutNumber } from './without-number.ts';

it.each([
  [
    'a phone, with and without its country code',
    { a: '79161234567', b: ['9161234567'] },
    { a: '7••••••••••', b: ['••••••••••'] },
  ],
  ['in a longer text', { file: 'in-79161234567-1764166000.12.wav' }, { file: 'in-7••••••••••-1764166000.12.wav' }],
  ['behind a quote', { said: '"79161234567"\\' }, { said: '"7••••••••••"\\' }],
  ['no id and no time', { leadId: 9161234567, atMs: 1791612345679 }, { leadId: 9161234567, atMs: 1791612345679 }],
  [
    'nothing in longer digits',
    { id: '1764916123456700', other: '91612345671' },
    { id: '1764916123456700', other: '91612345671' },
  ],
  ['in a name', { '79161234567': 1 }, { '7••••••••••': 1 }],
])('hides %s', (_, before, after) => {
  expect(JSON.parse(withoutNumber(JSON.stringify(before), '9161234567'))).toEqual(after);
});
