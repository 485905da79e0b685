import type { Rewriting } from './pbx.ts';

/**
 * A client's number as the first rule that fits wants it read. Plain comparison of beginnings: a regular expression from
 * outside could keep a call busy for ever.
 *
 * @param raw as dialled or shown
 * @returns undefined if no rule fits; one that would leave nothing of the number does not
 */
export function rewritten(raw: string, rules: readonly Rewriting[] = []): string | undefined {
  const number = raw.replace(/\D/g, '');
  if (number === '') return undefined;
  const change = ({ begins, becomes }: Rewriting) => becomes + number.slice(begins.length);
  const fits = (rule: Rewriting) =>
    number.startsWith(rule.begins) && number.length === (rule.digits ?? number.length) && /\d/.test(change(rule));
  const rule = rules.find(fits);
  return rule && change(rule);
}
