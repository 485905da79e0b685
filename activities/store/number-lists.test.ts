import fc from 'fast-check';
import { listsWith } from './number-lists.ts';

const list = (id: string, ...numbers: string[]) => ({ id, name: id, numbers });

it.each([
  ['79161234567', ['whole', 'beginning', 'all of it']],
  ['7916123456', ['beginning']],
  ['791612345678', ['beginning', 'all of it']],
  ['7', []],
  ['', []],
])('%s stands in the lists %j', (phone, ids) => {
  const lists = [
    list('whole', '79161234567', '78005553535'),
    list('beginning', '7916*'),
    list('all of it', '79161234567*'),
    list('empty'),
  ];
  expect(listsWith(phone, lists)).toEqual(ids);
});

it('a phone stands in a list if it is in there, or begins as an entry with a star', () => {
  const digits = fc.string({ unit: fc.constantFrom('7', '8'), minLength: 1, maxLength: 4 });
  const entry = fc.tuple(digits, fc.boolean());
  fc.assert(
    fc.property(digits, fc.array(entry, { maxLength: 5 }), (phone, entries) => {
      const isThere = entries.some(([number, isBeginning]) =>
        isBeginning ? phone.startsWith(number) : phone === number,
      );
      const numbers = entries.map(([number, isBeginning]) => (isBeginning ? `${number}*` : number));
      expect(listsWith(phone, [list('a', ...numbers)])).toEqual(isThere ? ['a'] : []);
    }),
  );
});
