import { defaultRules } from '../../../../proto/default-rules.ts';
import type { Rule, RulePhase } from '../../../../proto/rule.ts';

/** A rule in the form; one that was removed stays to be fetched back until all is saved. */
export interface RuleItem {
  rule: Rule;
  isRemoved: boolean;
}

export const itemsOf = (rules: readonly Rule[]): RuleItem[] => rules.map((rule) => ({ rule, isRemoved: false }));

/** What would be saved. */
export const rulesOf = (items: readonly RuleItem[]): Rule[] =>
  items.filter(({ isRemoved }) => !isRemoved).map(({ rule }) => rule);

const idsOf = (items: readonly RuleItem[]) => items.map(({ rule: { id } }) => id);

/** With this rule in place of the one of its id, else at the end. */
export function withRule(items: readonly RuleItem[], rule: Rule): RuleItem[] {
  const isThere = idsOf(items).includes(rule.id);
  if (!isThere) return [...items, { rule, isRemoved: false }];
  return items.map((item) => (item.rule.id === rule.id ? { ...item, rule } : item));
}

export const withRemoved = (items: readonly RuleItem[], id: string, isRemoved: boolean): RuleItem[] =>
  items.map((item) => (item.rule.id === id ? { ...item, isRemoved } : item));

export const without = (items: readonly RuleItem[], id: string): RuleItem[] =>
  items.filter(({ rule }) => rule.id !== id);

/** A copy below it. */
export function withCopy(items: readonly RuleItem[], id: string, name: string): RuleItem[] {
  const index = idsOf(items).indexOf(id);
  const original = items[index];
  if (!original) return [...items];
  const rule = { ...structuredClone(original.rule), id: idFrom(name, idsOf(items)), name: name.slice(0, longestName) };
  return items.toSpliced(index + 1, 0, { rule, isRemoved: false });
}

/** Where a rule stands among those of its moment that are not removed: it can be moved up unless it is the first. */
export function placeOf(items: readonly RuleItem[], { id, when }: Rule): { place: number; of: number } {
  const alike = rulesOf(items).filter((rule) => rule.when.phase === when.phase);
  return { place: alike.findIndex((rule) => rule.id === id) + 1, of: alike.length };
}

/** Past the next rule of the same moment; of the others the order does not matter to it. */
export function moved(items: readonly RuleItem[], id: string, by: -1 | 1): RuleItem[] {
  const from = idsOf(items).indexOf(id);
  const phase = items[from]?.rule.when.phase;
  for (let to = from + by; items[to]; to += by) {
    const other = items[to];
    if (other?.isRemoved === false && other.rule.when.phase === phase) {
      return items.toSpliced(from, 1).toSpliced(to, 0, items[from] as RuleItem);
    }
  }
  return [...items];
}

/** The usual rules alone; what was there can be fetched back until it is saved. */
export function backToUsual(items: readonly RuleItem[]): RuleItem[] {
  const others = items.filter(({ rule }) => !defaultRules.some(({ id }) => id === rule.id));
  return [...itemsOf(defaultRules), ...others.map((item) => ({ ...item, isRemoved: true }))];
}

export const newRule = (items: readonly RuleItem[], name: string, phase: RulePhase): Rule => ({
  ...{ id: idFrom(name, idsOf(items)), name, enabled: true },
  when: { phase },
  actions: [],
});

/** With an id that says what the rule is called now: a new one gets its name after it was made. */
export function withIdOfName(items: readonly RuleItem[], id: string): RuleItem[] {
  const others = idsOf(items).filter((other) => other !== id);
  return items.map((item) =>
    item.rule.id === id ? { ...item, rule: { ...item.rule, id: idFrom(item.rule.name, others) } } : item,
  );
}

export const longestName = 100;
const longestId = 40;

/** A rule's id is made of its name; people never see it. @param taken ids that others have */
export function idFrom(name: string, taken: readonly string[]): string {
  const latin = [...name.toLowerCase()].map((letter) => latinOf[letter] ?? letter).join('');
  const base =
    latin
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, longestId - 5)
      .replace(/^-+|-+$/g, '') || 'rule';
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

const latinOf: Record<string, string> = Object.fromEntries(
  [...'абвгдезийклмнопрстуфыэ'].map((letter, index) => [letter, 'abvgdezijklmnoprstufye'[index] ?? '']),
);
Object.assign(latinOf, {
  ...{ ё: 'e', ж: 'zh', х: 'h', ц: 'c', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '', ь: '', ю: 'yu', я: 'ya' },
});
