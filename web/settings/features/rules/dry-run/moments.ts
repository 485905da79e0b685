import type { Call, Conversation } from '../../../../../proto/call.ts';
import type { RulePhase } from '../../../../../proto/rule.ts';

/** The phases that a call has come to, each with the call as it stood then; the last as the journal tells it. */
export function momentsOf(call: Call): { phase: RulePhase; call: Call | null }[] {
  const [handedOn] = call.transfers;
  return [
    { phase: 'requested', call: call.conversations.length > 0 ? whileRinging(call) : null },
    {
      phase: 'accepted',
      call:
        call.answeredAtMs === null
          ? null
          : whenAnswered(call, call.answeredAtMs, handedOn?.atMs ?? Number.POSITIVE_INFINITY),
    },
    { phase: 'transferred', call: handedOn ? whenHandedOn(call, handedOn.atMs) : null },
    { phase: 'call_ended', call },
  ];
}

const goingOn = { endedAtMs: null, result: null, hangupBy: null, hangupExtension: null } as const;
const notTalkedYet = { talkSeconds: 0, heldSeconds: 0, outsideTalkSeconds: 0 } as const;
const seconds = (ms: number) => Math.max(0, ms / 1000);

/** Everybody whose phone rang before somebody answered counts as ringing: each gets a card when it rings. */
function whileRinging(call: Call): Call {
  const conversations = call.conversations
    .filter(({ requestedAtMs }) => requestedAtMs <= (call.answeredAtMs ?? Number.POSITIVE_INFINITY))
    .map((one) => asRinging(one, call));
  const firstAtMs = Math.min(...conversations.map(({ requestedAtMs }) => requestedAtMs));
  return {
    ...withParts(call, conversations),
    ...{ answeredAtMs: null, answeredBy: null, answeredOn: null, lastTalker: null, transfers: [] },
    waitSeconds: Number.isFinite(firstAtMs) ? seconds(firstAtMs - call.startedAtMs) : 0,
  };
}

/** No phone rang for this client: somebody fetched the call, or was consulted in a call of its own. */
function cameWithoutRing({ cameBy, acceptedAtMs }: Conversation, { transfers }: Call): boolean {
  const wasConsulted = transfers.some(({ kind, atMs }) => kind === 'attended' && atMs === acceptedAtMs);
  return cameBy === 'pickup' || cameBy === 'park' || wasConsulted;
}

function asRinging(conversation: Conversation, call: Call): Conversation {
  if (cameWithoutRing(conversation, call)) return conversation;
  return { ...conversation, acceptedAtMs: null, endedAtMs: null, talkSeconds: 0, result: null };
}

/** Whom somebody consults until the client is handed on rings too. */
function whenAnswered(call: Call, answeredAtMs: number, untilMs: number): Call {
  const conversations = call.conversations
    .filter(({ requestedAtMs }) => requestedAtMs <= untilMs)
    .map((one): Conversation => {
      if (one.requestedAtMs > answeredAtMs) return asRinging(one, call);
      if (one.acceptedAtMs === null || one.acceptedAtMs > answeredAtMs) return { ...one, endedAtMs: answeredAtMs };
      return { ...one, endedAtMs: null, talkSeconds: 0, result: null };
    });
  const talker = conversations.find(({ acceptedAtMs }) => acceptedAtMs !== null)?.extension ?? null;
  return { ...withParts(call, conversations), transfers: [], lastTalker: talker };
}

/** Phones that rang for the transfer ring; whoever takes the client without a ring talks. */
function whenHandedOn(call: Call, atMs: number): Call {
  const conversations = call.conversations.map((one) => {
    const hasTaken = one.acceptedAtMs !== null && one.acceptedAtMs >= atMs && cameWithoutRing(one, call);
    if (hasTaken) return { ...one, endedAtMs: null, result: null };
    return one.requestedAtMs < atMs ? one : asRinging(one, call);
  });
  const talked = conversations.filter(({ acceptedAtMs }) => acceptedAtMs !== null);
  return {
    ...withParts(call, conversations),
    talkSeconds: Math.min(call.talkSeconds, seconds(atMs - (call.answeredAtMs ?? atMs))),
    lastTalker: talked.at(-1)?.extension ?? call.lastTalker,
  };
}

/** What hangs on whose phones have rung by then. */
function withParts(call: Call, conversations: Conversation[]): Call {
  const parts = new Set(conversations.map(({ extension }) => extension));
  return { ...call, ...goingOn, ...notTalkedYet, conversations, rang: call.rang.filter((one) => parts.has(one)) };
}
