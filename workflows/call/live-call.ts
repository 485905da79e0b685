import type { Call, Conversation } from '../../proto/call.ts';
import type { Client } from '../../proto/client.ts';
import { extensionsOf } from '../../proto/journal.ts';
import type { Doing, LiveCall } from '../../proto/live-call.ts';

/** More are no news to anybody: a ring group of hundreds that rings for hours must stay small. */
const mostParts = 50;
const mostExtensions = 500;

/** How a call that goes on stands now. @param client whom amoCRM is known to have under its number */
export function liveCallOf(call: Call, client: Client | undefined): LiveCall {
  const { pbxId, linkedid, direction, externalNumber, did, callerExtension, calledExtension, startedAtMs } = call;
  const transfer = call.transfers.at(-1);
  const parts = call.conversations.filter(({ endedAtMs }) => endedAtMs === null);
  return {
    ...{ pbxId, linkedid, direction, externalNumber, did, callerExtension, calledExtension, startedAtMs },
    client: client ? { entityType: client.entityType, entityId: client.entityId, name: client.name } : null,
    queue: call.queues?.at(-1) ?? null,
    parts: parts.slice(-mostParts).map((part) => ({ extension: part.extension, ...doingNow(part, call) })),
    transfer: transfer ? { from: transfer.from, to: transfer.to ?? transfer.dialled, atMs: transfer.atMs } : null,
    extensions: extensionsOf(call).slice(0, mostExtensions),
  };
}

function doingNow(part: Conversation, call: Call): { doing: Doing; sinceMs: number } {
  const { requestedAtMs, acceptedAtMs, heldSinceMs, cameBy } = part;
  if (acceptedAtMs !== null) {
    return heldSinceMs === undefined
      ? { doing: 'talks', sinceMs: acceptedAtMs }
      : { doing: 'holds', sinceMs: heldSinceMs };
  }
  const pickedUpAtMs = cameBy === 'click' ? call.clickToCall?.employeeAnsweredAtMs : requestedAtMs;
  const isCaller = (cameBy === 'caller' || cameBy === 'click') && pickedUpAtMs != null;
  return isCaller ? { doing: 'dials', sinceMs: pickedUpAtMs } : { doing: 'rings', sinceMs: requestedAtMs };
}
