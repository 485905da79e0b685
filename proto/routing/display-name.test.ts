import fc from 'fast-check';
import { displayName } from './display-name.ts';

it.each([
  ['Иван Петров', 'Иван Петров'],
  ['  Анна-Мария   д’Артаньян ', 'Анна-Мария д Артаньян'],
  ['ООО "Ромашка"', 'ООО Ромашка'],
  ["O'Brien & Sons, Ltd.", 'O Brien Sons Ltd'],
  ['A.Smith', 'A.Smith'],
  ['\u0024{SHELL(rm -rf /)}', 'SHELL rm -rf'],
  ['$[1+1]|900', '1 1 900'],
  ['Ivan\r\nSet(X=1)', 'Ivan Set X 1'],
  ['\u202Enavi', 'navi'],
  ['<sip:101@pbx>', 'sip 101 pbx'],
  ['张伟', '张伟'],
  ['राजेश', 'राजेश'],
  ['🎉', ''],
  ['...', ''],
  ['', ''],
])('%j is shown as %j', (name, shown) => expect(displayName(name)).toBe(shown));

it('is short, and cut between whole characters', () => {
  expect(displayName('я'.repeat(500))).toBe('я'.repeat(40));
  const syllable = 'क्षि'; // one character of four
  expect(displayName(syllable.repeat(20))).toBe(syllable.repeat(10));
});

it('of whatever name nothing is left that an argument, an expression or a header could end with', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const shown = displayName(name);
      expect(shown).toMatch(/^([\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}. -]{0,39})?$/u);
      expect(shown).not.toMatch(/ {2}/);
      expect(displayName(shown)).toBe(shown);
    }),
  );
});
