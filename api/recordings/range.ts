import type { ByteRange } from '../../activities/recordings/sources/source.ts';

/**
 * What a header `Range` asks for of so many bytes (RFC 9110, 14.2). Several ranges, and what can't be read, ask for the
 * whole.
 *
 * @returns undefined: the whole; `beyond`: nothing of it is there
 */
export function rangeOf(header: string | undefined, sizeBytes: number): ByteRange | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const final = sizeBytes - 1;
  if (first === '') return Number(last) === 0 ? 'beyond' : { start: Math.max(0, sizeBytes - Number(last)), end: final };
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start > final) return 'beyond';
  return { start, end: last === '' ? final : Math.min(final, Number(last)) };
}
