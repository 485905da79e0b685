import type { Call } from '../../../proto/call.ts';

/** A moment of a call that people and other systems are told of while it goes on. */
export interface Phase {
  kind: 'requested' | 'accepted' | 'transferred' | 'conversation_ended' | 'call_ended';
  atMs: number;
  /** Whose phone rings, who talks, who handed on; null for the end of the call. */
  extension: string | null;
  /** Transferred: to whom. */
  to: string | null;
  /** Names the moment within its call: the same for as long as the call is told. */
  key: string;
}

const order: Record<Phase['kind'], number> = {
  requested: 0,
  accepted: 1,
  transferred: 2,
  conversation_ended: 3,
  call_ended: 4,
};

/** All phases that the call has gone through so far, in order. */
export function phasesOf(call: Call): Phase[] {
  const phases: Phase[] = [];
  for (const part of call.conversations) {
    const add = (kind: Phase['kind'], atMs: number) =>
      phases.push({ kind, atMs, extension: part.extension, to: null, key: `${kind}:${part.uniqueid}` });
    add('requested', part.requestedAtMs);
    if (part.acceptedAtMs !== null) add('accepted', part.acceptedAtMs);
    if (part.endedAtMs !== null) add('conversation_ended', part.endedAtMs);
  }
  for (const { rowId, atMs, from, to } of call.transfers) {
    phases.push({ kind: 'transferred', atMs, extension: from, to, key: `transferred:${rowId}` });
  }
  phases.sort((a, b) => a.atMs - b.atMs || order[a.kind] - order[b.kind]);
  if (call.endedAtMs === null) return phases;
  return [...phases, { kind: 'call_ended', atMs: call.endedAtMs, extension: null, to: null, key: 'call_ended' }];
}

/**
 * The phases that are news, given those told before: each is told once, and what a late row adds to a part that has
 * gone further already is not told any more. Nothing comes after the end of the call.
 *
 * @param told keys of the phases told so far; the news are added to it
 */
export function newPhases(call: Call, told: Set<string>): Phase[] {
  const news: Phase[] = [];
  for (const phase of phasesOf(call)) {
    if (told.has('call_ended')) break;
    if (told.has(phase.key) || hasGoneFurther(phase, told)) continue;
    told.add(phase.key);
    news.push(phase);
  }
  return news;
}

function hasGoneFurther({ kind, key }: Phase, told: ReadonlySet<string>): boolean {
  const part = key.slice(key.indexOf(':') + 1);
  const later =
    kind === 'requested' ? ['accepted', 'conversation_ended'] : kind === 'accepted' ? ['conversation_ended'] : [];
  return later.some((name) => told.has(`${name}:${part}`));
}
