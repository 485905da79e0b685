import type { Feature } from './feature.ts';
import { featureOf, isLicensed, type LicensedDeed } from './gate.ts';
import type { StandingReason } from './standing.ts';
import { whyOff } from './words.ts';

/**
 * @param reason why the licence is less than was paid for; null: it is as it was bought
 * @returns says why the licence has it not, and how to get it; undefined: it has it
 */
export function whyNotLicensed(
  deed: LicensedDeed,
  { features, reason }: { features: readonly Feature[]; reason: StandingReason | null },
): ((language: 'ru' | 'en') => { title: string; whatToDo: string }) | undefined {
  if (isLicensed(deed, features)) return undefined;
  return (language) => whyOff(featureOf(deed), reason, language);
}
