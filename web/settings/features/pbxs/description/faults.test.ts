import { faultsIn } from './faults.ts';
import { descriptionOf, valuesOf } from './values.ts';

const faults = (changes: Partial<ReturnType<typeof valuesOf>>, language: 'ru' | 'en' = 'en') => {
  const values = { ...valuesOf({}), ...changes };
  return faultsIn(descriptionOf(values, {}), values, language);
};

it.each<[string, Parameters<typeof faults>[0], string, string, string]>([
  ['a broken pattern', { extensionPattern: '^(\\d{3}$' }, 'extensionPattern', 'Not a regular', 'не регулярное'],
  ['a country by its name', { country: 'Russia' }, 'country', 'Two capital', 'Две латинские'],
  [
    'rewriting of every number',
    { rewriting: [{ begins: '', digits: '', becomes: '7' }] },
    'rewriting/0',
    'Fits every',
    'любому',
  ],
  [
    'rewriting of letters',
    { rewriting: [{ begins: 'a', digits: 3, becomes: '7' }] },
    'rewriting/0/begins',
    'Digits',
    'Только цифры',
  ],
  [
    'rewriting of numbers too long',
    { rewriting: [{ begins: '1', digits: 99, becomes: '7' }] },
    'rewriting/0/digits',
    'At most 32',
    'Не больше 32',
  ],
  [
    'a mobile number that stands twice',
    { mobiles: ['79161234567', '+7 916 123-45-67'].map((number) => ({ number, extension: '101' })) },
    ...(['mobiles/1/number', 'stands twice', 'стоит дважды'] as const),
  ],
  [
    'a mobile number that is none',
    { mobiles: [{ number: '12*3', extension: '1' }] },
    'mobiles/0/number',
    'Digits with',
    'кодом страны',
  ],
  [
    'a row without a number',
    { dids: [{ number: '', kind: 'ivr', name: '' }] },
    'dids/0/number',
    'Enter a number',
    'Впишите номер',
  ],
])('%s is told at its field, in both languages', (_, changes, place, english, russian) => {
  expect(faults(changes)[place]).toContain(english);
  expect(faults(changes, 'ru')[place]).toContain(russian);
});

it('nothing is told of what is right', () => {
  const rewriting = [{ begins: '2', digits: 4, becomes: '74951232' }];
  expect(faults({ rewriting, country: 'KZ', mobiles: [{ number: '79167770*', extension: '*' }] })).toEqual({});
});
