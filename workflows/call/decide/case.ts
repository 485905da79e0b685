import type { Call } from '../../../proto/call.ts';
import type { AboutClient } from '../../../proto/client.ts';
import { firstRules } from '../../../proto/default-rules.ts';
import type { Rule, RuleAction } from '../../../proto/rule.ts';
import type { CallSettings } from '../../../proto/settings.ts';

/** All that a decision depends on. */
export interface Case {
  call: Call;
  settings: CallSettings;
  about: AboutClient;
}

export const rulesOf = ({ rules }: CallSettings): readonly Rule[] => rules ?? firstRules;

/** True if some rule needs to know more of the client than the call tells. */
export function asksAboutClient(settings: CallSettings): boolean {
  const asksForLists = rulesOf(settings).some(
    ({ enabled, when }) => enabled && (when.inLists !== undefined || when.notInLists !== undefined),
  );
  return asksForLists || asksWhetherKnown(settings);
}

/** True if some rule depends on whom amoCRM has under the number. */
export function asksWhetherKnown(settings: CallSettings): boolean {
  return rulesOf(settings).some(
    ({ enabled, when, actions }) => enabled && (when.clientKnown !== undefined || actions.some(namesClient)),
  );
}

function namesClient(action: RuleAction): boolean {
  const isTheirs = 'responsible' in action && action.responsible.includes('clients-own');
  const texts = [...('text' in action ? [action.text] : []), ...('name' in action ? [action.name] : [])];
  return isTheirs || texts.some((text) => /\{[{#^&/\s]*client\b/.test(text));
}
