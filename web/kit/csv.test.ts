import { csvOf } from './csv.ts';

const rowOf = (...cells: (string | number | null)[]) => csvOf('en', ['a'], [cells]).split('\r\n')[1];

it('begins with the mark of UTF-8 and parts cells as programs of that language do', () => {
  expect(csvOf('ru', ['Клиент', 'Звонков'], [['Ирина', 2]])).toBe('\ufeffКлиент;Звонков\r\nИрина;2\r\n');
  expect(csvOf('en', ['Client', 'Calls'], [['Irina', null]])).toBe('\ufeffClient,Calls\r\nIrina,\r\n');
});

it('keeps separators, quotes and new lines within a cell', () => {
  expect(rowOf('A "big", firm; here\nand there')).toBe('"A ""big"", firm; here\nand there"');
});

it.each(['=1+1', '+79161234567', '-2+3', '@SUM(A1)', '\t=1', ' =1', '\r=1'])('%j is no formula', (text) => {
  expect(rowOf(text)).toMatch(/^"?'/);
});

it('numbers stay numbers', () => {
  expect(rowOf(-5, 0.5, 'a-b')).toBe('-5,0.5,a-b');
});
