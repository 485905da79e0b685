import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type CallingOfPbx, usualCalling } from './settings.ts';

/** Why a number is not called. */
export type NumberRefusal = 'not-a-number' | 'country-not-allowed' | 'premium-number' | 'refused-prefix';

/** A number that may be called. */
export interface DialledNumber {
  /** Digits with the country code. */
  phone: string;
  /** As the PBX dials it: digits, `*`, `#` and a leading `+` at most. */
  exten: string;
}

/** Longer than any number with all that people write around it. */
const longestText = 40;
/** Nothing that means something to Asterisk, and no words: two numbers in one field are none. */
const asWritten = /^\(?\+?[\d\s().\-/]+$/;
/** The extension of somebody in the client's house: nobody there is asked for it by a machine. */
const inside = /[\s,;]*(?:доб|вн|ext|x|#)\.?\s*\d{1,6}$/iu;

/**
 * What is dialled for a number as it stands in amoCRM.
 *
 * @param country ISO, of the PBX: whose numbers need no country code
 * @param prefix that is dialled before it
 */
export function readDialledNumber(
  text: string,
  country: string,
  { countries = [country], refusedPrefixes = [], dialAs = usualCalling.dialAs }: CallingOfPbx,
  prefix = '',
): DialledNumber | NumberRefusal {
  if (text.length > longestText) return 'not-a-number';
  const shown = plain(text);
  if (!asWritten.test(shown)) return 'not-a-number';
  const number = parsePhoneNumberFromString(shown, country as CountryCode);
  if (!number?.isValid() || number.country === undefined) return 'not-a-number'; // of others nobody knows what the PBX makes
  if (number.getType() === 'PREMIUM_RATE') return 'premium-number';
  if (!countries.includes(number.country)) return 'country-not-allowed';
  const phone = number.number.slice(1);
  if (refusedPrefixes.some((beginning) => phone.startsWith(beginning))) return 'refused-prefix';
  const written = { plus: `+${phone}`, digits: phone, national: withinCountry(number, country) }[dialAs];
  return isSame(written, number, country) ? { phone, exten: prefix + written } : 'not-a-number';
}

/** Without what is not seen, with one kind of dash, and without the extension behind it. */
function plain(text: string): string {
  const seen = text.replace(/\p{Cf}/gu, '').replace(/\p{Pd}/gu, '-');
  return seen.trim().replace(inside, '');
}

/** What is dialled must lead to the number that was looked at, and nowhere else. */
function isSame(written: string, number: PhoneNumber, country: string): boolean {
  const again = parsePhoneNumberFromString(written, country as CountryCode);
  return again?.number === number.number;
}

function withinCountry(number: PhoneNumber, country: string): string {
  return number.format('IDD', { fromCountry: country as CountryCode }).replace(/\D/g, '');
}
