const hidden = '••••••••••';
const text = /"(?:[^"\\]|\\.)*"/g;

/**
 * JSON with a number hidden wherever a text in it holds that: by itself, or behind a country code. What is a number in
 * JSON is an id or a time, and stays, as does what is longer than any phone.
 *
 * @param key the last ten digits of a phone
 */
export function withoutNumber(json: string, key: string): string {
  const written = new RegExp(`(?<!\\d)(\\d{0,5})${key}(?!\\d)`, 'g');
  return json.replace(text, (found) => found.replace(written, `$1${hidden}`));
}
