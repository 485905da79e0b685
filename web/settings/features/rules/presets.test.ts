import { defaultRules } from '../../../../proto/default-rules.ts';
import { untouchedSettings } from '../../../../proto/untouched-settings.ts';
import { faultsByRule } from './faults.ts';
import { type Names, namesOf } from './names.ts';
import { offerOf, presetNames } from './presets.ts';
import { itemsOf, type RuleItem, rulesOf } from './rule-items.ts';

const office = { id: 'office', name: 'Office', timezone: 'UTC', week: Array(7).fill([{ from: '09:00', to: '18:00' }]) };
const present = {
  version: 1,
  settings: {
    ...untouchedSettings('ru'),
    calendars: [{ ...office, days: {} }],
    numberLists: ['Наши VIP', 'Чёрный список'].map((name, index) => ({
      id: `list-${index}`,
      name,
      count: 1,
      digest: '',
    })),
  },
};
const names = namesOf(present, undefined);
const bare: Names = { ...names, lists: [{ id: 'partners', name: 'Partners' }], calendars: [] };

const add = (preset: (typeof presetNames)[number], items: readonly RuleItem[]): RuleItem[] => {
  const offer = offerOf(preset, items, names, 'ru');
  if (offer.state !== 'ready') throw new Error(`${preset}: ${offer.state}`);
  return offer.added;
};

it('each adds to what is there, can be saved, and is offered once', () => {
  for (const preset of presetNames) {
    const before = itemsOf([{ ...(defaultRules[0] as (typeof defaultRules)[number]), id: 'own', actions: [] }]);
    const after = add(preset, before);
    expect([preset, after.map(({ rule }) => rule.id)]).toEqual([preset, expect.arrayContaining(['own'])]);
    const added = rulesOf(after).filter(({ id }) => id !== 'own');
    expect([preset, ...faultsByRule(added, present)]).toEqual([preset]);
    expect([preset, offerOf(preset, after, names, 'ru').state]).toEqual([preset, 'there']);
  }
});

it('the usual rules are there at first', () => {
  const states = presetNames.slice(0, 4).map((preset) => offerOf(preset, itemsOf(defaultRules), names, 'ru').state);
  expect(states).toEqual(['there', 'there', 'there', 'there']);
});

it('what would be overruled by the usual rules goes before them', () => {
  for (const preset of ['task-after-hours', 'task-for-vip'] as const) {
    expect(defaultRules).not.toContain(add(preset, itemsOf(defaultRules))[0]?.rule);
  }
});

it('spam is left out by every rule, each keeping what it left out before', () => {
  const [first, ...others] = defaultRules as [(typeof defaultRules)[number], ...typeof defaultRules];
  const items = itemsOf([{ ...first, when: { ...first.when, notInLists: ['list-0'] } }, ...others]);
  const lists = rulesOf(add('leave-out-spam', items)).map(({ when }) => when.notInLists);
  expect(lists).toEqual([['list-0', 'list-1'], ['list-1'], ['list-1'], ['list-1']]);
});

it('says what has to be made first, and takes no list for another', () => {
  const lacks = presetNames
    .map((preset) => offerOf(preset, [], bare, 'en'))
    .flatMap((offer) => (offer.state === 'lacks' ? [offer.what] : []));
  expect(lacks).toEqual(['calendar', 'vip-list', 'spam-list']);
});
