import { getCountries } from 'libphonenumber-js/max';
import type { Language } from '../../../kit/language.tsx';

/** Every country that can be called, by its name. */
export function countryChoices(language: Language): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const choices = getCountries().map((value) => ({ value, label: names.of(value) ?? value }));
  return choices.sort((one, other) => one.label.localeCompare(other.label, language));
}
