import { faultsOfSettings } from '../../../../proto/account-settings.ts';
import type { Rule } from '../../../../proto/rule.ts';
import type { PlacedFault } from '../../ui/fault-words.ts';
import type { PresentSettings } from '../settings/settings.ts';

/** What is wrong with a rule and where: `name`, `when/result`, `actions/0/text`; empty: with the whole of it. */
export type RuleFault = PlacedFault;

/** By id of the rule, what the settings would be refused for; the same check as on the server. */
export function faultsByRule(rules: readonly Rule[], { settings }: PresentSettings): Map<string, RuleFault[]> {
  const numberLists = settings.numberLists.map(({ id, name }) => ({ id, name, numbers: [] }));
  const faults = faultsOfSettings({ ...settings, numberLists, rules }).flatMap((fault) => {
    const [, index, place = '', sentence = ''] = /^\/rules\/(\d+)\/?([^:]*): (.*)$/s.exec(fault) ?? [];
    const id = rules[Number(index)]?.id;
    return index === undefined || id === undefined ? [] : [{ id, place, sentence }];
  });
  const byRule = Map.groupBy(faults, ({ id }) => id);
  return new Map([...byRule].map(([id, own]) => [id, own.map(({ place, sentence }) => ({ place, sentence }))]));
}

/** Those of one place of a rule and of what lies within it. */
export const faultsAt = (faults: readonly RuleFault[], place: string): RuleFault[] =>
  faults.filter((fault) => fault.place === place || fault.place.startsWith(`${place}/`));
