/**
 * The Temporal UI renders Markdown: of what a PBX, whoever calls it, or another product has written only harmless
 * characters are shown.
 */
export function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N} +@.-]/gu, '').slice(0, 40);
}
