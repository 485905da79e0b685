import { wholePhone } from './phone.ts';

/** Of Russia and Kazakhstan, with nothing before it: as people dial it, or a number abroad that looks alike. */
export const lacksCountryCode = /^[347-9]\d{9}$/;
/** Of the same, with the 8 that is dialled before it; Vietnam has numbers that look alike. */
export const isAsDialled = /^8[3489]\d{9}$/;

const eightCountries = new Set(['RU', 'KZ']);
/** How people write a number. */
const written = /^[+(\d][\d\s()./-]*\*?$/;
const extensionBehind = /[,;]?\s*(доб|вн|ext|x)[.\s:]*\d+$/iu;
/** Shorter ones are nobody's. */
const fewestDigits = 3;
/** Longer ones that are no whole number have lost a digit, or got one too many. */
const mostDigitsOfShort = 6;
/** With its country code, though without a `+`. */
const fewestDigitsAbroad = 11;

/**
 * A phone, or with `*` behind it a beginning of phones, as a number list holds it.
 *
 * @param country ISO code of the PBX's country
 * @returns digits with the country code, perhaps with `*`; undefined for what is no number
 */
export function listedNumber(raw: string, country: string): string | undefined {
  const text = raw.trim().replace(extensionBehind, '').replace(/[–—]/g, '-');
  if (!written.test(text)) return undefined;
  if (text.endsWith('*')) return listedBeginning(text, country);
  const number = wholeOf(text, country);
  if (number !== undefined) return eightCountries.has(country) && looksRussian(number) ? `${number}*` : number;
  const digits = text.replace(/\D/g, '');
  return digits.length >= fewestDigits && digits.length <= mostDigitsOfShort ? digits : undefined;
}

/** What is a number abroad all the same is listed as a beginning. */
const looksRussian = (number: string): boolean => lacksCountryCode.test(number) || isAsDialled.test(number);

function wholeOf(text: string, country: string): string | undefined {
  const asWritten = wholePhone(text, country);
  const isLong = text.replace(/\D/g, '').length >= fewestDigitsAbroad;
  return asWritten ?? (isLong ? wholePhone(`+${text}`, country) : undefined);
}

function listedBeginning(text: string, country: string): string | undefined {
  const digits = text.replace(/\D/g, '').slice(0, 20);
  if (digits === '') return undefined;
  const isDialled = eightCountries.has(country) && !text.startsWith('+') && /^8(?!10)\d/.test(digits);
  return `${isDialled ? `7${digits.slice(1)}` : digits}*`;
}
