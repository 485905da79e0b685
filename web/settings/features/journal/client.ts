import { readablePhone } from '../../ui/phone.ts';
import type { CallRow } from './calls.ts';

/** With whom a call was, as people say it; `102 → 101` for one inside. */
export function clientOf(
  call: Pick<CallRow, 'externalNumber' | 'direction' | 'callerExtension' | 'calledExtension'>,
  words: { hidden: string; internal: string },
): string {
  const { externalNumber, direction, callerExtension, calledExtension } = call;
  if (externalNumber !== null) return readablePhone(externalNumber);
  if (direction !== 'internal') return words.hidden;
  if (callerExtension === null || calledExtension === null) return words.internal;
  return `${callerExtension} → ${calledExtension}`;
}
