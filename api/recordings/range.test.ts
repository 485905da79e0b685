import fc from 'fast-check';
import { rangeOf } from './range.ts';

it.each([
  ['bytes=0-', { start: 0, end: 99 }],
  ['bytes=10-19', { start: 10, end: 19 }],
  ['bytes=90-1000', { start: 90, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['bytes=100-', 'beyond'],
  ['bytes=-0', 'beyond'],
  [undefined, undefined],
  ['bytes=20-10', undefined],
  ['bytes=0-1,5-6', undefined],
  ['bytes=-', undefined],
  ['items=0-1', undefined],
  ['bytes=0x1-', undefined],
] as const)('%s of 100 bytes', (header, expected) => expect(rangeOf(header, 100)).toEqual(expected));

it('never asks for a byte that is not there', () => {
  const header = fc.oneof(
    fc.tuple(fc.maxSafeNat(), fc.maxSafeNat()).map(([first, last]) => `bytes=${first}-${last}`),
    fc.nat(300).map((first) => `bytes=${first}-`),
    fc.nat(300).map((last) => `bytes=-${last}`),
    fc.string(),
  );
  fc.assert(
    fc.property(header, fc.integer({ min: 1, max: 200 }), (text, sizeBytes) => {
      const range = rangeOf(text, sizeBytes);
      if (range === undefined || range === 'beyond') return;
      expect(0 <= range.start && range.start <= range.end && range.end < sizeBytes).toBe(true);
    }),
  );
});
