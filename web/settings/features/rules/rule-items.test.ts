import { Value } from 'typebox/value';
import { defaultRules } from '../../../../proto/default-rules.ts';
import { Rule } from '../../../../proto/rule.ts';
import {
  backToUsual,
  idFrom,
  itemsOf,
  moved,
  newRule,
  placeOf,
  rulesOf,
  withCopy,
  withIdOfName,
  withRemoved,
  withRule,
} from './rule-items.ts';

const rule = (id: string, phase: Rule['when']['phase'] = 'call_ended'): Rule => ({
  ...{ id, name: id, enabled: true, actions: [{ do: 'call-hook', hook: 'crm' }] },
  when: { phase },
});
const items = itemsOf([rule('a'), rule('card', 'requested'), rule('b'), rule('c')]);
const order = (of = items) => rulesOf(of).map(({ id }) => id);

it('a rule is moved past the next one of its own moment', () => {
  expect(order(moved(items, 'b', -1))).toEqual(['b', 'a', 'card', 'c']);
  expect(order(moved(items, 'a', 1))).toEqual(['card', 'b', 'a', 'c']);
  expect(order(moved(items, 'card', -1))).toEqual(order());
  expect(order(moved(items, 'c', 1))).toEqual(order());
});

it('what was removed is passed over, does not count, and comes back where it was', () => {
  const less = withRemoved(items, 'b', true);
  expect(order(less)).toEqual(['a', 'card', 'c']);
  expect(placeOf(less, rule('c'))).toEqual({ place: 2, of: 2 });
  expect(order(withRemoved(moved(less, 'c', -1), 'b', false))).toEqual(['c', 'a', 'card', 'b']);
  expect(order(withRemoved(less, 'b', false))).toEqual(order());
});

it('a copy stands below and has an id and a name of its own', () => {
  const more = withCopy(items, 'a', 'a (copy)');
  expect(order(more)).toEqual(['a', 'a-copy', 'card', 'b', 'c']);
  expect(order(withCopy(more, 'a', 'a (copy)'))).toEqual(['a', 'a-copy-2', 'a-copy', 'card', 'b', 'c']);
});

it('a new rule has the id of the name that it got in the end', () => {
  const fresh = newRule(items, 'New rule', 'requested');
  const named = withRule(withRule(items, fresh), { ...fresh, name: 'Night calls' });
  expect(order(withIdOfName(named, fresh.id))).toEqual([...order(), 'night-calls']);
});

it('going back to the usual rules leaves what was there to be fetched back', () => {
  const changed = itemsOf([{ ...defaultRules[1], enabled: false } as Rule, rule('own')]);
  const back = backToUsual(changed);
  expect(rulesOf(back)).toEqual(defaultRules);
  expect(order(withRemoved(back, 'own', false))).toContain('own');
});

it.each([
  ['Перезвонить VIP', 'perezvonit-vip'],
  ['Щука & Ёж: 24/7!', 'schuka-ezh-24-7'],
  ['日本', 'rule'],
  ['  --  ', 'rule'],
  ['x'.repeat(100), 'x'.repeat(35)],
])('a rule called %s gets an id that settings take', (name, id) => {
  expect(idFrom(name, [])).toBe(id);
  const second = idFrom(name, [id]);
  expect(second).toBe(`${id}-2`);
  expect(Value.Check(Rule, { ...rule(second), name: 'x' })).toBe(true);
  expect(newRule(items, name, 'accepted').id).toBe(id);
});
