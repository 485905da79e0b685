import { readablePhone } from '../../ui/phone.ts';
import type { CallRow } from './calls.ts';

/** Who called or was called, as people say it. */
export function clientOf(
  { externalNumber, direction }: Pick<CallRow, 'externalNumber' | 'direction'>,
  words: { hidden: string; internal: string },
): string {
  if (externalNumber !== null) return readablePhone(externalNumber);
  return direction === 'internal' ? words.internal : words.hidden;
}
