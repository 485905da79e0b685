/** Digits of what was typed as a phone. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** What amoCRM compares phones by: the last ten digits, all of them if there are fewer. */
export function phoneKey(phone: string): string {
  return digitsOf(phone).slice(-10);
}
