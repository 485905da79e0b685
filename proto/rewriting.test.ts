import fc from 'fast-check';
import type { Rewriting } from './pbx.ts';
import { normalisePhone } from './phone.ts';
import { rewritten } from './rewriting.ts';

const branch: Rewriting = { begins: '2', digits: 4, becomes: '74951232' };
const provider: Rewriting = { begins: '00099', becomes: '' };
const abroad: Rewriting = { begins: '0', digits: 10, becomes: '+380' };

describe('a number is read', () => {
  it.each<[string, string, Rewriting[], string]>([
    ["by a branch's short numbers as a whole one", '2045', [branch], '74951232045'],
    ['as it is where it has another length', '20451', [branch], '20451'],
    ['as it is where it begins otherwise', '3045', [branch], '3045'],
    ["without the provider's prefix", '0009989161234567', [provider], '79161234567'],
    ['without it also behind a plus', '+00099 8 (916) 123-45-67', [provider], '79161234567'],
    ['as one of the country that the PBX does not say', '0501234567', [abroad], '380501234567'],
    ['with a country code that ten digits of our own could be mistaken for', '4930123456', [germany()], '4930123456'],
    ['by the first rule that fits', '2045', [provider, { ...branch, becomes: '78125552' }, branch], '78125552045'],
    ['as it is by a rule that would leave nothing of it', '00099', [provider], '00099'],
    ['as it is where there is no rule', '89161234567', [], '79161234567'],
  ])('%s', (_, raw, rules, expected) => {
    expect(normalisePhone(rewritten(raw, rules) ?? raw, 'RU')).toBe(expected);
  });

  it('by one rule only: what comes out is not read again', () => {
    expect(
      rewritten('1', [
        { begins: '1', becomes: '2' },
        { begins: '2', becomes: '3' },
      ]),
    ).toBe('2');
  });
});

function germany(): Rewriting {
  return { begins: '', digits: 10, becomes: '+' };
}

it.each(['', 'anonymous', 's'])('%p stays hidden, whatever the rules', (raw) => {
  expect(rewritten(raw, [{ begins: '', becomes: '7' }])).toBeUndefined();
});

it('any text is read without failing, as digits or as nothing', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 6 });
  const rule = fc.record(
    { begins: digits, digits: fc.integer({ min: 1, max: 32 }), becomes: fc.tuple(fc.constantFrom('', '+'), digits) },
    { requiredKeys: ['begins', 'becomes'] },
  );
  const number = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789+ ()-'), maxLength: 40 }));
  fc.assert(
    fc.property(number, fc.array(rule, { maxLength: 5 }), (raw, drawn) => {
      const rules = drawn.map(({ becomes, ...rest }) => ({ ...rest, becomes: becomes.join('') })) as Rewriting[];
      const read = rewritten(raw, rules);
      expect(read ?? '0').toMatch(/^\+?\d+$/);
      expect(normalisePhone(read ?? raw, 'RU') ?? '0').toMatch(/^\d+$/);
    }),
  );
});
