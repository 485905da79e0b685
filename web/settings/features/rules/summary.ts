import { defaultRules } from '../../../../proto/default-rules.ts';
import type { Rule, RuleAction, RuleCondition } from '../../../../proto/rule.ts';
import type { ConditionName } from '../../../../workflows/call/decide/matching.ts';
import type { Language } from '../../../kit/language.tsx';
import { actionTexts } from './actions/action-words.ts';
import { conditionTexts } from './conditions/condition-words.ts';
import type { Names } from './names.ts';
import { usualNames } from './usual-names.ts';

const anyCall: Record<Language, string> = { ru: 'любой звонок', en: 'any call' };

/** A rule in one sentence: `Inbound, missed or busy → task to call back within 1 h (…)`. */
export function ruleInWords({ when, actions }: Rule, names: Names, language: Language): string {
  const conditions = conditionsOf(when).map((name) => conditionInWords(name, when, names, language));
  const condition = conditions.join(', ') || anyCall[language];
  const deeds = actions.map((action) => actionInWords(action, names, language)).join('; ') || '…';
  return `${condition[0]?.toUpperCase()}${condition.slice(1)} → ${deeds}`;
}

/** What a condition says, in the order in which it is told. */
export function conditionsOf(when: RuleCondition): ConditionName[] {
  return (Object.keys(conditionTexts.en) as ConditionName[]).filter((name) => when[name] !== undefined);
}

export function conditionInWords(name: ConditionName, when: RuleCondition, names: Names, language: Language): string {
  return conditionTexts[language][name].says(when[name] as never, names);
}

function actionInWords(action: RuleAction, names: Names, language: Language): string {
  return actionTexts[language][action.do].says(action as never, names);
}

/** The usual rules are stored with English names; whoever reads Russian sees Russian ones until they are renamed. */
export function nameOf({ id, name }: Pick<Rule, 'id' | 'name'>, language: Language): string {
  const isUsual = defaultRules.some((usual) => usual.id === id && usual.name === name);
  return isUsual ? (usualNames[language][id] ?? name) : name;
}
