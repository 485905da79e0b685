import fc from 'fast-check';
import { isWellFormed } from './well-formed.ts';

it('whatever text is in what is sent, half a character is found', () => {
  const whole = fc.jsonValue({ stringUnit: 'grapheme' });
  fc.assert(fc.property(whole, (json) => isWellFormed(json)));
  const half = fc.constantFrom('\ud800', 'a\udfff', '\udc00\ud800 of two');
  const around = [
    (text: string) => text,
    (text: string) => ({ [text]: 1 }),
    (text: string) => [{ deep: [0, { in: text }] }],
  ];
  const spoilt = fc.tuple(whole, half, fc.constantFrom(...around)).map(([json, text, put]) => [json, put(text), json]);
  fc.assert(fc.property(spoilt, (json) => !isWellFormed(json)));
});

it('is not brought down by what is nested deeply', () => {
  expect(isWellFormed(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))).toBe(true);
});
