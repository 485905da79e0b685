import { tidyLicenceKey } from '../../../../proto/licence/wire.ts';

const keyLength = tidyLicenceKey(`RF${'0'.repeat(20)}`).length;

/** @returns what is wrong with what was typed as a key; null: nothing, or only the server can tell */
export function keyFault(typed: string, words: { keyFault: string }): string | null {
  return tidyLicenceKey(typed).length === keyLength ? null : words.keyFault;
}
