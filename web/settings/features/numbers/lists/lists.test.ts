import { numbersWith } from './lists.ts';

it.each([
  ['8 (916) 123', ['79161234567']],
  ['34567', ['79161234567']],
  ['495', ['7495*']],
  ['', ['79161234567', '7495*', '112']],
  ['999', []],
])('in a list %j is found', (text, found) => {
  expect(numbersWith(['79161234567', '7495*', '112'], text)).toEqual(found);
});
