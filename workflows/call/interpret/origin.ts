import type { Leg } from './leg.ts';

/** The linkedid under which a channel began. */
export function originOf(leg: Leg): string {
  if (leg.start) return leg.start.linkedid;
  const [first] = [...leg.linkedids].sort((a, b) => a.rowId - b.rowId);
  return first?.linkedid ?? leg.uniqueid;
}

/** True for a channel that came into Asterisk by itself, a phone or a provider; it was not called. */
export function isInitiator(leg: Leg): boolean {
  return originOf(leg) === leg.uniqueid;
}
