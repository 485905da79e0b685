import type { BackfillMode } from '../../proto/backfill.ts';
import type { RuleAction } from '../../proto/rule.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { rulesOf } from './decide/case.ts';

/** What brings the call itself into amoCRM. */
const ofRecords: ReadonlySet<RuleAction['do']> = new Set(['register-call', 'create-contact', 'create-incoming-lead']);

/**
 * The settings by which a call of the past is brought into amoCRM. The brake is not for calls that a person has asked
 * for.
 */
export function settingsOfBackfill(settings: CallSettings, { scope }: BackfillMode): CallSettings {
  const { mostNewPerHour: _, ...others } = settings;
  if (scope === 'everything') return others;
  const rules = rulesOf(settings).map((rule) => ({
    ...rule,
    actions: rule.actions.filter((action) => ofRecords.has(action.do)),
  }));
  return { ...others, rules };
}
