import { freeId } from './free-id.ts';

it.each([
  ['VIP', 'vip'],
  ['Spam & robots!', 'spam-robots'],
  ['Важные', 'list-2'],
  ['vip clients', 'vip-clients-3'],
  ['x'.repeat(100), 'x'.repeat(37)],
])('what is called %j gets the id %s', (name, id) => {
  const taken = [{ id: 'list' }, { id: 'vip-clients' }, { id: 'vip-clients-2' }];
  expect(freeId(name, 'list', taken)).toBe(id);
});
