import type { Rule, RuleAction, RulePhase } from '../../../proto/rule.ts';
import { type Case, rulesOf } from './case.ts';
import { type ConditionName, unmetConditions } from './matching.ts';

/** How a rule came off at one moment of a call. */
export interface JudgedRule {
  rule: Rule;
  /** What it asks for and the call does not meet; nothing: it fits. */
  unmet: ConditionName[];
  /** Kinds of its actions for which it is the first that fits; for the others an earlier one is. */
  decides: RuleAction['do'][];
}

/** Why the rules of a moment decide as they do: each of them in order, those that are switched off too. */
export function judgedRules(phase: RulePhase, of: Case): JudgedRule[] {
  const decided = new Set<RuleAction['do']>();
  return rulesOf(of.settings)
    .filter(({ when }) => when.phase === phase)
    .map((rule) => {
      const unmet = unmetConditions(rule.when, of);
      const asked = [...new Set(rule.actions.map((action) => action.do))];
      const decides = rule.enabled && unmet.length === 0 ? asked.filter((kind) => !decided.has(kind)) : [];
      for (const kind of decides) decided.add(kind);
      return { rule, unmet, decides };
    });
}
