import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

const hiddenWords = new Set(['', 's', 'anonymous', 'unknown', 'private', 'restricted', 'unavailable', 'asterisk']);

/** True for what a PBX writes when the caller's number is withheld. */
export function isHiddenNumber(raw: string): boolean {
  return hiddenWords.has(raw.trim().toLowerCase()) || !/\d/.test(raw);
}

/**
 * One spelling for one client: digits with the country code, without `+`.
 * `8XXXXXXXXXX`, `+7…`, `7…` and ten digits are the same Russian number; what is no number of `country`
 * (short, internal, foreign without `+`) keeps its digits as dialled.
 *
 * @param country ISO code of the PBX's country
 * @returns digits, or null for a hidden number.
 */
export function normalisePhone(raw: string, country: string): string | null {
  if (isHiddenNumber(raw)) return null;
  const international = raw.trim().startsWith('+');
  const digits = raw.replace(/\D/g, '').slice(0, 32);
  const parsed = parsePhoneNumberFromString(international ? `+${digits}` : digits, country as CountryCode);
  const isOfCountry = parsed?.countryCallingCode === getCountryCallingCode(country as CountryCode);
  if (parsed?.isPossible() && (international || isOfCountry)) return parsed.number.slice(1);
  return digits;
}

/** A normalised phone as it is written into amoCRM: with `+` unless it is a short number. */
export function writtenPhone(phone: string): string {
  return phone.length >= 10 ? `+${phone}` : phone;
}

/** What amoCRM compares phones by: the last ten digits (all of them if there are fewer). */
export function phoneKey(phone: string): string {
  return phone.replace(/\D/g, '').slice(-10);
}

/** A phone as people may see it in the Temporal UI and in logs: `+7 916 ***-**-01`. */
export function maskPhone(phone: string | null): string {
  if (phone === null) return 'hidden number';
  if (phone.length <= 6) return phone;
  const country = phone.length > 10 ? `+${phone.slice(0, -10)} ` : '';
  const national = phone.slice(-10);
  return `${country}${national.slice(0, 3)} ***-**-${national.slice(-2)}`;
}
