import {
  type CountryCode,
  getCountryCallingCode,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
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
const asWritten = /^\+?[\d\s().\-–/]+$/;

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
  const shown = text.trim();
  if (shown.length > longestText || !asWritten.test(shown)) return 'not-a-number';
  const number = parsePhoneNumberFromString(shown, country as CountryCode);
  if (!number?.isPossible()) return 'not-a-number';
  if (number.getType() === 'PREMIUM_RATE') return 'premium-number';
  if (!countries.includes(countryOf(number, country))) return 'country-not-allowed';
  const phone = number.number.slice(1);
  if (refusedPrefixes.some((beginning) => phone.startsWith(beginning))) return 'refused-prefix';
  const written = { plus: `+${phone}`, digits: phone, national: withinCountry(number, country) }[dialAs];
  return { phone, exten: prefix + written };
}

/** A range that is newer than the library's tables belongs to whoever has the country code. */
function countryOf(number: PhoneNumber, country: string): string {
  if (number.country) return number.country;
  return number.countryCallingCode === getCountryCallingCode(country as CountryCode) ? country : '';
}

function withinCountry(number: PhoneNumber, country: string): string {
  return number.format('IDD', { fromCountry: country as CountryCode }).replace(/\D/g, '');
}
