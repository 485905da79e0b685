import type { Rule } from '../../../../proto/rule.ts';
import { untouchedSettings } from '../../../../proto/untouched-settings.ts';
import { faultInWords, faultTexts } from '../../ui/fault-words.ts';
import type { PresentSettings } from '../settings/settings.ts';
import { faultsAt, faultsByRule } from './faults.ts';

const closed = { id: 'shut', name: 'Shut', timezone: 'UTC', week: [[], [], [], [], [], [], []], days: {} };
const present: PresentSettings = {
  version: 1,
  settings: {
    ...untouchedSettings('en'),
    calendars: [closed],
    numberLists: [{ id: 'vip', name: 'VIP', count: 3, digest: '' }],
  },
};
const rule = (changes: Partial<Rule>): Rule => ({
  ...{ id: 'one', name: 'One', enabled: true, when: { phase: 'call_ended' }, actions: [{ do: 'complete-task' }] },
  ...changes,
});
const when = (changes: Partial<Rule['when']>) => rule({ when: { phase: 'call_ended', ...changes } });
const doing = (action: object) => rule({ actions: [action as Rule['actions'][number]] });
const named = (name: string) => doing({ do: 'create-contact', responsible: [], name });

it.each<[string, Rule, string, RegExp]>([
  ['no name', rule({ name: '' }), 'name', /Заполните/],
  ['a very long name', rule({ name: 'x'.repeat(200) }), 'name', /Не длиннее 100/],
  ['no actions', rule({ actions: [] }), 'actions', /хотя бы одно/],
  ['no direction chosen', when({ direction: [] }), 'when/direction', /хотя бы одно/],
  ['no queue named', when({ queues: [] }), 'when/queues', /не подойдёт никогда/],
  ['a list that is gone', when({ inLists: ['gone'] }), 'when', /«gone» больше нет/],
  ['a calendar that is gone', when({ calendar: { id: 'gone', is: 'open' } }), '', /«gone» больше нет/],
  ['an office that never opens', when({ calendar: { id: 'shut', is: 'open' } }), 'when/calendar', /рабочего часа/],
  ['a phone as dialled', when({ dids: ['8 (495) 1'] }), 'when/dids', /^8 \(495\) 1 никогда/],
  ['a range of nothing', when({ waitedSeconds: { from: 5, below: 3 } }), 'when/waitedSeconds', /«от 5».*«меньше 3»/],
  ['a card at the end', doing({ do: 'show-card' }), 'actions/0', /пока звонок идёт/],
  ['a record too early', rule({ when: { phase: 'requested' } }), 'actions/0', /только после звонка/],
  ['a field that is none', named('{{who}}'), 'actions/0/name', /\{\{who\}\} нет/],
  ['a part that is not closed', named('{{#did}}x'), 'actions/0/name', /добавьте в её конце \{\{\/did\}\}/],
  ['half a field', named('{{did'), 'actions/0/name', /нужны \}\}/],
  ['no text', named(''), 'actions/0/name', /Заполните/],
  ['a hook that is none', doing({ do: 'call-hook', hook: 'gone' }), 'actions', /«gone» больше нет/],
  ['no tags', doing({ do: 'add-tags', tags: [], to: 'client' }), 'actions/0/tags', /ни один тег/],
  [
    'a user who is none',
    doing({ do: 'register-call', responsible: [{ userId: 0 }] }),
    'actions/0/responsible/0',
    /не выбрано/,
  ],
  [
    'nobody for a number',
    doing({ do: 'register-call', responsible: [{ byDid: { '7495': 0 } }] }),
    'actions/0/responsible/0/byDid/7495',
    /не выбрано/,
  ],
  ['no stage chosen', doing({ do: 'change-status', pipelineId: 0, statusId: 0 }), 'actions/0/statusId', /не выбрано/],
  ['nobody', doing({ do: 'set-responsible', responsible: [], of: 'lead' }), 'actions/0/responsible', /Никто не назван/],
  [
    'no deadline',
    doing({ do: 'create-task', responsible: [], text: 'x', dueMinutes: 0 }),
    'actions/0/dueMinutes',
    /1\.$/,
  ],
])('%s is told at its rule, in words', (_, faulty, place, words) => {
  const faults = faultsByRule([rule({ id: 'other' }), faulty], present).get('one') ?? [];
  expect(faults.map((fault) => fault.place)).toContain(place);
  const said = faults.filter((fault) => fault.place === place).map((fault) => faultInWords(fault, faultTexts.ru));
  expect(said.join(' ')).toMatch(words);
  for (const fault of faults) expect(faultInWords(fault, faultTexts.en)).not.toBe(fault.sentence);
  expect(faultsByRule([faulty], present).has('other')).toBe(false);
});

it('rules that can be saved have none, though the numbers of lists are not here', () => {
  expect(faultsByRule([when({ inLists: ['vip'] }), ...present.settings.rules], present).size).toBe(0);
});

it('faults are found by their place and what lies within, not by what begins alike', () => {
  const faults = ['actions/1', 'actions/1/text', 'actions/10'].map((place) => ({ place, sentence: '' }));
  expect(faultsAt(faults, 'actions/1').map(({ place }) => place)).toEqual(['actions/1', 'actions/1/text']);
});
