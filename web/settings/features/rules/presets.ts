import { defaultRules } from '../../../../proto/default-rules.ts';
import type { Responsible, Rule, RuleCondition } from '../../../../proto/rule.ts';
import type { Language } from '../../../kit/language.tsx';
import type { Named, Names } from './names.ts';
import { presetTexts } from './preset-words.ts';
import { idFrom, type RuleItem, rulesOf } from './rule-items.ts';

export const presetNames = [
  'card-while-ringing',
  'register-calls',
  'task-for-missed',
  'task-done-by-talk',
  'lead-for-strangers',
  'incoming-for-strangers',
  'task-after-hours',
  'task-for-vip',
  'leave-out-spam',
] as const;
export type PresetName = (typeof presetNames)[number];

/** What would be added, and whether it can be. */
export type Offer =
  | { state: 'ready'; added: RuleItem[] }
  | { state: 'there' }
  /** Something has to be made first. */
  | { state: 'lacks'; what: 'spam-list' | 'vip-list' | 'calendar' };

const inVain: Partial<RuleCondition> = { direction: ['inbound'], result: ['missed', 'busy', 'voicemail'] };
const whoKnows: Responsible[] = ['last-talked', 'first-rung'];
const ownFirst: Responsible[] = ['clients-own', 'first-rung'];

/** One click adds rules that many want; nothing that is there goes by it. */
export function offerOf(preset: PresetName, items: readonly RuleItem[], names: Names, language: Language): Offer {
  const { ruleName, template } = presetTexts[language][preset];
  const atTheEnd = (when: Partial<RuleCondition>, actions: Rule['actions'], isFirst = false) =>
    withNew(items, { name: ruleName, when: { phase: 'call_ended', ...when }, actions }, isFirst);
  const strangers = { direction: ['inbound'], clientKnown: false } satisfies Partial<RuleCondition>;
  switch (preset) {
    case 'lead-for-strangers':
      return atTheEnd(strangers, [{ do: 'create-lead', responsible: whoKnows, name: template }]);
    case 'incoming-for-strangers':
      return atTheEnd(strangers, [{ do: 'create-incoming-lead', responsible: whoKnows, name: template }]);
    case 'task-after-hours': {
      const office = names.calendars[0];
      if (!office) return { state: 'lacks', what: 'calendar' };
      const task = { do: 'create-task', responsible: ownFirst, text: template, dueMinutes: 60 } as const;
      const closed = { ...inVain, calendar: { id: office.id, is: 'closed' as const } };
      return atTheEnd(closed, [{ ...task, withinHours: office.id }], true);
    }
    case 'task-for-vip': {
      const vip = named(names.lists, /vip|вип/i);
      if (!vip) return { state: 'lacks', what: 'vip-list' };
      const task = { do: 'create-task', responsible: ownFirst, text: template, dueMinutes: 10 } as const;
      return atTheEnd({ ...inVain, inLists: [vip.id] }, [task], true);
    }
    case 'leave-out-spam': {
      const spam = named(names.lists, /spam|спам|ч[её]рн|black/i);
      return spam ? withoutList(items, spam.id) : { state: 'lacks', what: 'spam-list' };
    }
    default:
      return withNew(items, usual(preset, language), false);
  }
}

function usual(id: PresetName, language: Language): Omit<Rule, 'id' | 'enabled'> {
  const rule = defaultRules.find((one) => one.id === id) as Rule;
  return { ...rule, name: presetTexts[language][id].ruleName };
}

const named = (all: readonly Named[], pattern: RegExp) => all.find(({ name }) => pattern.test(name));

/** @param isFirst before all others: they would decide otherwise */
function withNew(
  items: readonly RuleItem[],
  { name, when, actions }: Pick<Rule, 'name' | 'when' | 'actions'>,
  isFirst: boolean,
): Offer {
  const isThere = rulesOf(items).some(
    (rule) => JSON.stringify([rule.when, rule.actions]) === JSON.stringify([when, actions]),
  );
  if (isThere) return { state: 'there' };
  const taken = items.map(({ rule: { id } }) => id);
  const item: RuleItem = { rule: { id: idFrom(name, taken), name, enabled: true, when, actions }, isRemoved: false };
  return { state: 'ready', added: isFirst ? [item, ...items] : [...items, item] };
}

/** No rule fits calls of this list any more. */
function withoutList(items: readonly RuleItem[], list: string): Offer {
  const leavesOut = ({ rule: { when } }: RuleItem) => when.notInLists?.includes(list) ?? false;
  if (items.every((item) => item.isRemoved || leavesOut(item))) return { state: 'there' };
  const added = items.map((item) =>
    leavesOut(item)
      ? item
      : {
          ...item,
          rule: {
            ...item.rule,
            when: { ...item.rule.when, notInLists: [...(item.rule.when.notInLists ?? []), list] },
          },
        },
  );
  return { state: 'ready', added };
}
