import type { Brake } from '../store/brake.ts';
import type { BrakeLimit } from './dependencies.ts';
import { AmocrmError } from './errors.ts';

/**
 * To be awaited before something new is made.
 *
 * @param effect its ledger key: asking again about the same counts once
 * @throws AmocrmError `Braked` if so many new ones are more than anybody can want
 */
export async function braking(
  brake: Brake,
  kind: 'contacts' | 'leads' | 'tasks',
  effect: string,
  accountId: string,
  limit: BrakeLimit | undefined,
): Promise<void> {
  if (limit === undefined) return;
  const { did, mostPerHour } = limit;
  if (await brake.allows(kind, effect, accountId, did, mostPerHour)) return;
  const message = `A limit was reached: more than ${mostPerHour} new ${kind} within an hour for calls to this number.`;
  throw new AmocrmError('Braked', message, { hadNoEffect: true });
}
