import type { BackfillMode } from '../../proto/backfill.ts';
import type { EndDecision } from '../../proto/crm-action.ts';
import type { Rule, RuleAction } from '../../proto/rule.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { rulesOf } from './decide/case.ts';

/** What brings the call itself into amoCRM. */
const ofRecords: ReadonlySet<RuleAction['do']> = new Set(['register-call', 'create-contact', 'create-incoming-lead']);

/**
 * The settings by which a call of the past is brought into amoCRM. The brake is not for calls that a person has asked
 * for, nor does it hold any longer that a call was only observed if what another product has put there is left alone.
 */
export function settingsOfBackfill(settings: CallSettings, { scope, leaveOthers }: BackfillMode): CallSettings {
  const { mostNewPerHour: _, observed, ...kept } = settings;
  const others = { ...kept, ...(observed && !leaveOthers && { observed }) }; // else the other product's record is looked for
  if (scope === 'everything') return others;
  const rules = rulesOf(settings);
  const ofCalls = withActions(rules, (action) => (ofRecords.has(action.do) ? [action] : []));
  // last, so that a contact which is asked for by itself goes before
  return { ...others, rules: [...ofCalls, ...withActions(rules, contactOfLead)] };
}

const withActions = (rules: readonly Rule[], change: (action: RuleAction) => RuleAction[]): Rule[] =>
  rules.map((rule) => ({ ...rule, actions: rule.actions.flatMap(change) })).filter(({ actions }) => actions.length > 0);

/** With a lead whoever is unknown gets a contact; without one their call has no place in amoCRM. */
function contactOfLead(action: RuleAction): RuleAction[] {
  return action.do === 'create-lead'
    ? [{ do: 'create-contact', responsible: action.responsible, name: '{{phone}}' }]
    : [];
}

/** What a decision hook has added is no more wanted than what rules ask for. */
export function decisionOfBackfill(decision: EndDecision, mode: BackfillMode | undefined): EndDecision {
  if (mode?.scope !== 'records') return decision;
  const { lead, task: _, ...others } = decision;
  const contact = decision.contact ?? lead?.contact;
  return { ...others, ...(contact && { contact }), changes: [], hooks: [] };
}
