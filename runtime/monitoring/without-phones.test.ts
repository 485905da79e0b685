import fc from 'fast-check';
import { maskPhone } from '../../proto/phone.ts';
import { withoutPhones } from './without-phones.ts';

const line = (fields: object) =>
  `${JSON.stringify({ level: 30, time: 1_764_166_000_123, part: 'worker', ...fields })}\n`;
const told = (msg: string): string => JSON.parse(withoutPhones(line({ msg }))).msg;

const digits = fc
  .integer({ min: 10, max: 15 })
  .chain((length) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join('')),
  );
const spellings: ((phone: string) => string)[] = [
  (phone) => phone,
  (phone) => `+${phone}`,
  (phone) => `"${phone}"`,
  (phone) => `:${phone},`,
  (phone) => `[${phone}]`,
];
const words = fc.stringMatching(/^[a-zа-я :,()[\]{}"\\/=-]{0,20}$/);

it('no phone is left in any line, wherever it stands in it, and the line stays JSON', () => {
  fc.assert(
    fc.property(words, digits, fc.constantFrom(...spellings), words, (before, phone, spell, after) => {
      const text = `${before} ${spell(phone)} ${after}`;
      const masked = withoutPhones(line({ msg: text, reason: { deep: [text] } }));
      expect(masked).not.toContain(phone);
      expect(JSON.parse(masked)).toMatchObject({ time: 1_764_166_000_123, part: 'worker' });
    }),
  );
});

it.each([
  ...['+7 (916) 123-45-67', '8 916 123 45 67', '+7 916 123-45-67', '8-916-123-45-67', '(916) 123-45-67'],
  ...['+7 (916)123-45-67', '8(916)1234567'],
])('as people write it: %s', (phone) => {
  expect(told(`the client ${phone} has called`)).toMatch(/^the client \S.*•••-••-67 has called$/);
  expect(told(`a call of ${phone}.`)).toMatch(/^a call of \S.*•••-••-67\.$/);
});

it.each(['rg_79161234567_101.wav', '/api/v4/contacts?query=%2B79161234567', 'query=%2b79161234567&page=1'])(
  'in the name of a file or an address: %s',
  (text) => {
    expect(told(text)).toBe(text.replace('79161234567', '+7 916 •••-••-67'));
  },
);

it.each([
  ...['1700000000.12', 'call:main:1700000000.12', 'pbx1-1764166000.7', '2026-11-26 14:22:52', 'lead 43519265'],
  ...['wf 3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'account 28000001', maskPhone('79161234567'), '127.0.0.1:49152'],
])('what is no phone stays: %s', (text) => {
  expect(told(text)).toBe(text);
});

it('moments in numbers stay', () => {
  const text = line({ msg: 'all', atMs: [1_764_166_000_123], sinceMs: 1_764_166_000_999 });
  expect(withoutPhones(text)).toBe(text);
});
