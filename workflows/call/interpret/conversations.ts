import type { Conversation, ConversationResult } from '../../../proto/call.ts';
import { cameBy } from './came-by.ts';
import { isBusyCause } from './outcome.ts';
import { type Reading, secondsOf, type Talk } from './reading.ts';

/** Every employee's part, in order of ringing. Who is offered the call again and again in vain has one part. */
export function readConversations(reading: Reading): Conversation[] {
  const all = reading.talks
    .filter((talk) => talk.ours.wasCalled || talk.stretches.length > 0 || talk.ours === reading.cast.caller)
    .map((talk) => conversationOf(talk, reading))
    .sort((a, b) => a.requestedAtMs - b.requestedAtMs);
  const parts: Conversation[] = [];
  const latest = new Map<string, Conversation>();
  for (const part of all) {
    const known = latest.get(part.extension);
    if (known && isSameInVain(known, part))
      Object.assign(known, { ...part, requestedAtMs: known.requestedAtMs, uniqueid: known.uniqueid });
    else {
      parts.push(part);
      latest.set(part.extension, part);
    }
  }
  return parts;
}

/** Rung again after ringing in vain; two phones of one extension that ring at once stay two. */
function isSameInVain(known: Conversation, next: Conversation): boolean {
  const isOver = known.acceptedAtMs === null && known.endedAtMs !== null && known.endedAtMs <= next.requestedAtMs;
  return isOver && known.cameBy === next.cameBy && known.answeredOn === next.answeredOn;
}

function conversationOf(talk: Talk, reading: Reading): Conversation {
  const { ours, acceptedAtMs } = talk;
  const ended = ours.leg.ended?.atMs ?? (reading.thread.ended ? reading.nowMs : null);
  const hold = ended === null ? talk.holds.find(({ toMs }) => toMs === null) : undefined;
  return {
    extension: ours.extension,
    uniqueid: ours.leg.uniqueid,
    cameBy: cameBy(ours, reading),
    requestedAtMs: ours.leg.start?.atMs ?? ours.leg.firstRowAtMs,
    acceptedAtMs,
    endedAtMs: ended,
    talkSeconds: secondsOf(talk, reading.nowMs),
    ...(hold && acceptedAtMs !== null && { heldSinceMs: hold.fromMs }),
    result: acceptedAtMs !== null ? 'answered' : ended === null ? null : unansweredPart(talk),
    answeredOn: ours.answeredOn,
  };
}

const answeredElsewhere = 26;
const callRejected = 21;

function unansweredPart({ ours }: Talk): ConversationResult {
  const cause = ours.leg.hangup?.cause ?? 0;
  if (cause === answeredElsewhere) return 'elsewhere';
  if (cause === callRejected) return 'declined';
  return isBusyCause(cause) ? 'busy' : 'no_answer';
}
