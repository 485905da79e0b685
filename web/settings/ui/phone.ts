import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Fewer digits are a short number, written as it is. */
const fewestDigits = 10;

/** A number as people read it: `+7 916 123 45 67`. @param digits with the country code */
export function readablePhone(digits: string): string {
  if (digits.length < fewestDigits) return digits;
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? digits;
}
