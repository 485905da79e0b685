/** Longest text that is kept of a column: names and arguments that matter are far shorter. */
const mostCharacters = 255;

/** A column's text, never longer than what is worth carrying. */
export function cut(text: string): string {
  return text.length > mostCharacters ? text.slice(0, mostCharacters) : text;
}

/** A text of `extra`; empty if it is absent or no text. */
export function textIn(extra: Readonly<Record<string, unknown>>, key: string): string {
  const value = Object.hasOwn(extra, key) ? extra[key] : '';
  return typeof value === 'string' ? cut(value) : '';
}

/** A whole number of `extra`, also where it is written as text; 0 if it is absent. */
export function numberIn(extra: Readonly<Record<string, unknown>>, key: string): number {
  const value = Object.hasOwn(extra, key) ? Number(extra[key]) : 0;
  return Number.isSafeInteger(value) ? value : 0;
}
