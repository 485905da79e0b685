/**
 * The Temporal UI renders Markdown: of what a PBX, whoever calls it, or another product has written only harmless
 * characters are shown.
 */
export function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N} +@.-]/gu, '').slice(0, 40);
}

/** The same for a sentence of ours in which others' words may stand: without what makes links, pictures and HTML. */
export function tame(sentence: string): string {
  return sentence.replace(/[[\]<>`\p{Cc}]/gu, ' ').slice(0, 1_000);
}
