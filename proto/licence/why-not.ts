import { featureOf, isLicensed, type LicensedDeed } from './gate.ts';
import type { Standing } from './standing.ts';
import { whyOff } from './words.ts';

/** @returns says why the licence has it not, and how to get it; undefined: it has it */
export function whyNotLicensed(
  deed: LicensedDeed,
  { state, features, reason }: Standing,
): ((language: 'ru' | 'en') => { title: string; whatToDo: string }) | undefined {
  if (isLicensed(deed, features)) return undefined;
  return (language) => whyOff(featureOf(deed), state === 'restricted' ? reason : null, language);
}
