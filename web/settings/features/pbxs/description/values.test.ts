import { type Described, descriptionOf, valuesOf } from './values.ts';

const described: Described = {
  extensionPattern: '^1\\d{2}$',
  pickupCodes: [],
  dids: { '74951230001': { kind: 'queue', name: '600' } },
  groups: { '601': ['101', '102'] },
  mobiles: { '79167770*': '*' },
  rewriting: [{ begins: '2', digits: 4, becomes: '74951232' }],
};

it('what nobody touches in the form stays as it is, also a list that was emptied on purpose', () => {
  expect(descriptionOf(valuesOf(described), described)).toEqual(described);
  expect(descriptionOf(valuesOf({}), {})).toEqual({});
});

it('what is emptied is found automatically again', () => {
  const values = { ...valuesOf(described), extensionPattern: '', dids: [], rewriting: [] };
  const { extensionPattern: _, dids: __, rewriting: ___, ...rest } = described;
  expect(descriptionOf(values, described)).toEqual(rest);
});

it('what is entered is written as the settings have it', () => {
  const values = {
    ...valuesOf({}),
    country: 'kz',
    mobiles: [{ number: '+7 (916) 777-01-07', extension: ' 107 ' }],
    rewriting: [{ begins: '00099', digits: '', becomes: '' }],
    queues: [{ number: ' 600 ', members: ['101'] }],
  };
  expect(descriptionOf(values, {})).toEqual({
    country: 'KZ',
    mobiles: { '79167770107': '107' },
    rewriting: [{ begins: '00099', becomes: '' }],
    queues: { '600': ['101'] },
  });
});
