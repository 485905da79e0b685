import type { Call } from './call.ts';

/** Extensions whose phones ring now. */
export function ringingExtensions(call: Pick<Call, 'direction' | 'conversations'>): string[] {
  if (call.direction === 'outbound') return [];
  const ringing = call.conversations.filter((c) => c.acceptedAtMs === null && c.endedAtMs === null);
  return [...new Set(ringing.map((c) => c.extension))];
}
