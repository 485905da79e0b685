import fc from 'fast-check';
import { faultsOfTemplate, longestName, renderTemplate, templateFields } from './template.ts';

const fields = {
  phone: '+79161234567',
  client: 'Иван',
  queue: '400',
  direction: 'inbound',
  did: '',
  numberName: '',
  trunk: '<b>mtt & co</b>',
  extension: '101',
  callResult: 'Пропущенный звонок',
  waitedSeconds: '12',
  talkedSeconds: '0',
};

it.each([
  ['{{phone}}: {{callResult}}', '+79161234567: Пропущенный звонок'],
  ['via {{trunk}}', 'via <b>mtt & co</b>'],
  ['{{#did}}to {{did}}{{/did}}{{^did}}no number{{/did}}', 'no number'],
  ['', ''],
])('%s becomes %s', (template, text) => {
  expect(faultsOfTemplate(template)).toEqual([]);
  expect(renderTemplate(template, fields)).toBe(text);
});

it.each([
  ['{{phnoe}}', /no field.*phone/],
  ['{{#did}}without an end', /not a template/],
  ['{{constructor}}', /no field/],
  ['{{> partial}}', /no field/],
])('%s is refused in words', (template, fault) => {
  expect(faultsOfTemplate(template).join()).toMatch(fault);
});

it('of ten thousand characters is cut, and nothing in a call reaches the text but as text', () => {
  expect(renderTemplate('x'.repeat(10_000), fields)).toHaveLength(2_000);
  fc.assert(
    fc.property(fc.string(), (value) => {
      const hostile = Object.fromEntries(templateFields.map((field) => [field, value])) as typeof fields;
      const text = renderTemplate('{{phone}}|{{did}}', hostile);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: as the code has it
      const plain = value.replace(/[\u0000-\u0008\u000b-\u001f]/g, '');
      expect(text).toBe(`${plain}|${plain}`);
    }),
  );
});

it('is never cut through the middle of a character', () => {
  const text = renderTemplate(`${'x'.repeat(longestName - 1)}😀 and more`, fields, longestName);
  expect(text).toBe('x'.repeat(longestName - 1));
  expect(renderTemplate('{{client}}', { ...fields, client: 'Anna 😀\ud83d' })).toBe('Anna 😀');
});

it('as a name is cut to what amoCRM takes', () => {
  expect(renderTemplate(`{{client}} ${'x'.repeat(300)}`, fields, longestName)).toHaveLength(255);
});
