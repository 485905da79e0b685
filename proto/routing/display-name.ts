/** Displays of phones show less. */
const mostCharacters = 40;
const characters = new Intl.Segmenter();

/**
 * A client's name as a phone's display and Asterisk's dialplan take it: letters of any script, digits, spaces, dots and
 * dashes. All else could end an argument, begin an expression or turn the direction of writing.
 *
 * @returns empty if nothing is left
 */
export function displayName(name: string): string {
  const plain = name
    .slice(0, 1_000)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{Nd}. -]+/gu, ' ')
    .replace(/ +/g, ' ');
  const shown = Array.from(characters.segment(plain.trim()), ({ segment }) => segment);
  return cut(shown).replace(/^[\p{M}. -]+|[. -]+$/gu, '');
}

/** Whole characters, with their marks, as long as there is room. */
function cut(shown: readonly string[]): string {
  let text = '';
  for (const character of shown) {
    if (text.length + character.length > mostCharacters) break;
    text += character;
  }
  return text;
}
