import fc from 'fast-check';
import { normalisePhone } from '../phone.ts';
import { readDialledNumber } from './number.ts';

const dial = (text: string, way = {}, country = 'RU', prefix = '') => readDialledNumber(text, country, way, prefix);

it.each([
  ['8 (916) 123-45-67', '89161234567'],
  ['+7 916 123-45-67', '89161234567'],
  ['7 916 123 45 67', '89161234567'],
  ['9161234567', '89161234567'],
  ['8-800-555-35-35', '88005553535'],
  ['(+7) 916 123-45-67', '89161234567'],
  ['+7 916 123-45-67 доб. 12', '89161234567'],
  ['+7 916 123‑45–67', '89161234567'],
  ['\u202a+7 916 123-45-67\u202c', '89161234567'],
])('dials %s as within the country', (text, exten) => {
  expect(dial(text)).toMatchObject({ exten });
});

it.each([
  ['plus', '+79161234567'],
  ['digits', '79161234567'],
  ['national', '89161234567'],
])('dials it as %s', (dialAs, exten) => {
  expect(dial('+7 916 123 45 67', { dialAs })).toEqual({ phone: '79161234567', exten });
});

it('puts the prefix of an outside line before it, whatever the number is', () => {
  expect(dial('+7 916 123 45 67', {}, 'RU', '9')).toMatchObject({ exten: '989161234567' });
});

it('dials abroad where that is allowed', () => {
  const abroad = { countries: ['RU', 'DE'] };
  expect(dial('+49 30 1234567', abroad)).toEqual({ phone: '49301234567', exten: '8104930' + '1234567' });
  expect(dial('+49 30 1234567', { ...abroad, dialAs: 'plus' })).toMatchObject({ exten: '+49301234567' });
  expect(dial('030 1234567', {}, 'DE')).toMatchObject({ phone: '49301234567', exten: '0301234567' });
});

it.each([
  ['+49 30 1234567', {}, 'country-not-allowed'],
  ['+7 701 123 4567', {}, 'country-not-allowed'], // Kazakhstan shares Russia's code
  ['8 809 505 1234', {}, 'premium-number'],
  ['+1 900 555 1234', { countries: ['US'] }, 'premium-number'],
  ['+7 916 123 45 67', { refusedPrefixes: ['7916'] }, 'refused-prefix'],
  ['101', {}, 'not-a-number'],
  ['+7 810 683 1234', {}, 'not-a-number'], // 8 10 683: Niue, to whoever dials it
  ['8 810 690 1234', {}, 'not-a-number'],
  ['+7 112 345 67 89', {}, 'not-a-number'],
  ['', {}, 'not-a-number'],
  ['call me', {}, 'not-a-number'],
  ['+7 916 123-45-67, +7 916 123-45-68', {}, 'not-a-number'],
  ['89161234567\r\nAction: Originate', {}, 'not-a-number'],
  ['89161234567&PJSIP/102', {}, 'not-a-number'],
  ['Local/s@from-internal', {}, 'not-a-number'],
  ['*72' + '89161234567', {}, 'not-a-number'],
  ['8'.repeat(5_000), {}, 'not-a-number'],
  ['٨٩١٦١٢٣٤٥٦٧', {}, 'not-a-number'],
])('refuses %j', (text, way, refusal) => {
  expect(dial(text, way)).toBe(refusal);
});

it('lets nothing but dialable characters pass, whatever stands in the card', () => {
  const written = fc.stringMatching(/^[+0-9 ()\-.&,;@/\r\n*#]{0,45}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), written), fc.constantFrom('RU', 'DE', 'US', 'KZ'), (text, country) => {
      const result = dial(text, { countries: ['RU', 'DE', 'US', 'KZ'] }, country, '9');
      if (typeof result !== 'object') return;
      expect(result.exten).toMatch(/^9\+?\d{4,20}$/);
      expect(normalisePhone(result.exten.slice(1), country)).toBe(result.phone);
    }),
    { numRuns: 2_000 },
  );
});

it('dials what leads to the number that was looked at, for every code of the country', () => {
  for (let code = 100; code < 1_000; code++) {
    for (const text of [`+7 ${code} 683 12 34`, `8 ${code} 683 12 34`]) {
      const result = dial(text);
      if (typeof result === 'object') expect(result.exten).toMatch(new RegExp(`^8${code}6831234$`));
    }
  }
});
