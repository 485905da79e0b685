import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

const hiddenWords = new Set(['', 's', 'anonymous', 'unknown', 'private', 'restricted', 'unavailable', 'asterisk']);

/** True for what a PBX writes when the caller's number is withheld, and for what is no number at all. */
export function isHiddenNumber(raw: string): boolean {
  return isWithheld(raw) || !/\d/.test(raw);
}

/** True for what a PBX writes when the caller's number is withheld. */
export function isWithheld(raw: string): boolean {
  return hiddenWords.has(raw.trim().toLowerCase());
}

/**
 * One spelling for one client: digits with the country code, without `+`.
 * `8XXXXXXXXXX`, `+7…`, `7…` and ten digits are the same Russian number, `+49…`, `0049…` and `81049…` the same German
 * one; what is no number of `country` (short, internal, foreign without `+`) keeps its digits as dialled.
 *
 * @param country ISO code of the PBX's country
 * @returns digits, or null for a hidden number.
 */
export function normalisePhone(raw: string, country: string): string | null {
  if (isHiddenNumber(raw)) return null;
  return settled(wholeNumber(raw, country) ?? digitsOf(raw), country);
}

/** What stays as it is when it is read again as it is written: a zero behind a foreign country code is left out. */
function settled(digits: string, country: string): string {
  const again = digits.length < fewestDigitsWithPlus ? undefined : wholeNumber(`+${digits}`, country);
  return again === undefined || again === digits ? digits : settled(again, country);
}

/** True if `raw` is a whole number of the country or abroad, in one of its ways of writing; false for a short one. */
export function isWholeNumber(raw: string, country: string): boolean {
  return wholeNumber(raw, country) !== undefined;
}

/** The same spelling of a whole number of the country or abroad; undefined for a short one. */
export function wholePhone(raw: string, country: string): string | undefined {
  const whole = wholeNumber(raw, country);
  return whole === undefined ? undefined : settled(whole, country);
}

function wholeNumber(raw: string, country: string): string | undefined {
  const dialled = digitsOf(raw);
  const abroad = raw.trim().startsWith('+') ? dialled : withoutInternationalPrefix(dialled, country);
  const parsed = parsePhoneNumberFromString(abroad === undefined ? dialled : `+${abroad}`, country as CountryCode);
  const isOfCountry = parsed?.countryCallingCode === getCountryCallingCode(country as CountryCode);
  return parsed?.isPossible() && (abroad !== undefined || isOfCountry) ? parsed.number.slice(1) : undefined;
}

/** Of the number itself: what follows it (`;ext=5`, `@host`) is none of its digits. */
function digitsOf(raw: string): string {
  const [number = ''] = /[+(]?\d[\d\s().*#/-]*/.exec(raw) ?? [];
  return number.replace(/\D/g, '').slice(0, 32);
}

/** Countries that dial abroad by 8, wait for the tone, 10. */
const eightTenCountries = new Set(['RU', 'KZ', 'BY', 'TJ', 'TM', 'UZ']);
/** Shorter ones are numbers of the country that happen to begin alike. */
const fewestDigitsAbroad = { '00': 11, '810': 12 } as const;

/** The digits behind the prefix that dials abroad; undefined if there is none. */
function withoutInternationalPrefix(digits: string, country: string): string | undefined {
  const prefix = eightTenCountries.has(country) && digits.startsWith('810') ? '810' : '00';
  if (!digits.startsWith(prefix) || digits.length < fewestDigitsAbroad[prefix]) return undefined;
  return digits.slice(prefix.length);
}

const fewestDigitsWithPlus = 10;

/** A normalised phone as it is written into amoCRM: with `+` unless it is a short number. */
export function writtenPhone(phone: string): string {
  return phone.length >= fewestDigitsWithPlus ? `+${phone}` : phone;
}

/** What amoCRM compares phones by: the last ten digits (all of them if there are fewer). */
export function phoneKey(phone: string): string {
  return phone.replace(/\D/g, '').slice(-10);
}

/** No phone number has a longer country code, nor more than ten digits behind it that matter to people. */
const longestCountryCode = 3;

/** A phone as people may see it in the Temporal UI and in logs: `+7 916 •••-••-01`; of what is longer than any, less. */
export function maskPhone(phone: string | null): string {
  if (phone === null) return 'hidden number';
  if (phone.length <= 6) return phone;
  if (phone.length > longestCountryCode + 10) return `${phone.slice(0, 3)}•••${phone.slice(-2)}`;
  const country = phone.length > 10 ? `+${phone.slice(0, -10)} ` : '';
  const national = phone.slice(-10);
  return `${country}${national.slice(0, 3)} •••-••-${national.slice(-2)}`;
}

/** How phones are told to people who look into Temporal: with most digits left out, or as they are. */
export type PhonesShown = 'masked' | 'full';

export function shownPhone(phone: string | null, shown: PhonesShown): string {
  return shown === 'full' && phone !== null ? writtenPhone(phone) : maskPhone(phone);
}

/** Extensions have six digits at most; what is longer is somebody's own number. */
const longestExtension = 6;

export const isOutsideNumber = (number: string): boolean => number.length > longestExtension;

/** A text of others, such as an answer of amoCRM, with these phones masked, however they are written there. */
export function maskPhonesIn(text: string, phones: readonly (string | null | undefined)[]): string {
  const numbers = phones.map((phone) => (phone ?? '').replace(/\D/g, '')).filter(isOutsideNumber);
  const allDigits = text.replace(/\D/g, '');
  const mayStandThere = (number: string) => allDigits.includes(phoneKey(number)); // an expression takes long to compile
  const longestFirst = [...new Set(numbers.filter(mayStandThere))].toSorted((one, other) => other.length - one.length);
  return longestFirst.reduce((masked, number) => {
    const digits = [...phoneKey(number)].join('[\\s().-]{0,3}');
    const written = new RegExp(`(?<!\\d)\\+?(?:\\d{1,4}[\\s().-]{0,3})?${digits}(?!\\d)`, 'g');
    return masked.replace(written, maskPhone(number));
  }, text);
}
