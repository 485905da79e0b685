import fc from 'fast-check';
import { faultsOfSettings } from './account-settings.ts';
import { listedNumber } from './listed-number.ts';
import { readPhoneFile } from './phone-file.ts';
import { untouchedSettings } from './untouched-settings.ts';

it.each<[string, string, string | undefined]>([
  ['RU', '8 (916) 123-45-67', '79161234567'],
  ['RU', '+7 916 123 45 67', '79161234567'],
  ['RU', '9161234567', '79161234567'],
  ['RU', '79161234567', '79161234567'],
  ['RU', '8.916.123.45.67', '79161234567'],
  ['RU', '8 916 123–45–67 доб. 12', '79161234567'],
  ['RU', '+49 30 1234567', '49301234567'],
  ['RU', '81049301234567', '49301234567'],
  ['RU', '380671234567', '380671234567'],
  ['RU', '+47 12 34 56 78', '4712345678*'],
  ['RU', '8800*', '7800*'],
  ['RU', '+7495*', '7495*'],
  ['RU', '49*', '49*'],
  ['RU', '112', '112'],
  ['RU', '+800 1234 5678', '80012345678'],
  ['RU', '+81 3 1234 5678', '81312345678'],
  ['RU', '+84 95 123 45 67', '84951234567*'],
  ['RU', '84951234567', '74951234567'],
  ['UA', '067 123 45 67', '380671234567'],
  ['NO', '12 34 56 78', '4712345678'],
  ['RU', '7.91612E+10', undefined],
  ['RU', '7,91612E+10', undefined],
  ['RU', '7916123456', '77916123456'],
  ['RU', '791612345', undefined],
  ['RU', '7916123456789012345', undefined],
  ['RU', '12', undefined],
  ['RU', '*', undefined],
  ['RU', 'Иван', undefined],
  ['RU', '', undefined],
])('in %s %j is listed as %s', (country, raw, listed) => {
  expect(listedNumber(raw, country)).toBe(listed);
});

it('whatever is listed may stand in the settings', () => {
  const digits = fc.stringMatching(/^[+]?[0-9]{1,22}\*?$/);
  fc.assert(
    fc.property(fc.oneof(digits, fc.string()), (raw) => {
      const listed = listedNumber(raw, 'RU');
      const numberLists = [{ id: 'a', name: 'A', numbers: listed === undefined ? [] : [listed] }];
      expect(faultsOfSettings({ ...untouchedSettings('ru'), numberLists })).toEqual([]);
    }),
  );
});

describe('a file of phones', () => {
  it.each<[string, string, string[]]>([
    ['one column', '89161234567\n89161234568\n', ['79161234567', '79161234568']],
    ['a header', 'Телефон\r\n89161234567\r\n', ['79161234567']],
    ['a byte order mark and quotes', '\uFEFF"8 (916) 123-45-67"\n', ['79161234567']],
    ['names and semicolons', 'Имя;Телефон;ИНН\n"Иванов; Иван";89161234567;7707083893', ['79161234567']],
    ['names and commas, no header', 'Ivan,+7 916 123 45 67\nOlga,89161234568', ['79161234567', '79161234568']],
    ['tabs', 'a\t89161234567\nb\t89161234568', ['79161234567', '79161234568']],
    ['many in a line', '89161234567, 89161234568\n89161234569', ['79161234567', '79161234568', '79161234569']],
    ['lines of old Macs', '89161234567\r89161234568', ['79161234567', '79161234568']],
    ['nothing', '\n\n', []],
  ])('may have %s', (_, text, numbers) => {
    const file = readPhoneFile(text, 'RU');
    expect([file.numbers, file.unreadable]).toEqual([numbers, []]);
  });

  it('tells every line in which no number can be read, and what stands there twice', () => {
    const text = 'Name;Phone\nIvan;89161234567\n\nOlga;7.9E+10\nPjotr;\nAnna;+79161234567\n"open;12';
    expect(readPhoneFile(text, 'RU')).toEqual({
      ...{ numbers: ['79161234567'], repeated: 1, columns: ['Name', 'Phone'], column: 1 },
      unreadable: [
        { line: 4, text: 'Olga;7.9E+10' },
        { line: 5, text: 'Pjotr;' },
        { line: 7, text: '"open;12' },
      ],
    });
  });

  it('reads another column if one is chosen', () => {
    const text = 'work;home\n89161234567;89161234568';
    expect(readPhoneFile(text, 'RU', 1).numbers).toEqual(['79161234568']);
  });

  it('of any text tells each line either as a number or as unreadable', () => {
    const line = fc.oneof(fc.stringMatching(/^8916123\d{4}$/), fc.stringMatching(/^[a-z][a-z"; ,]{0,7}$/));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const { numbers, repeated, unreadable } = readPhoneFile(`header\n${lines.join('\n')}`, 'RU');
        const phones = lines.filter((one) => one.startsWith('8'));
        expect(numbers.length + repeated).toBe(phones.length);
        expect(unreadable).toHaveLength(lines.length - phones.length);
      }),
    );
  });
});
