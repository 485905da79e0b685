import type { Call, Conversation } from '../../proto/call.ts';
import type { CallJournalEntry, Registration } from '../../proto/journal.ts';

/** A call as the journal holds it: 101 was asked for and talked for a minute, unless it is told otherwise. */
export function journalEntry(changes: Partial<Call> = {}, registration: Registration = registered): CallJournalEntry {
  const startedAtMs = changes.startedAtMs ?? Date.UTC(2026, 10, 25, 9);
  const call: Call = {
    ...{ pbxId: 'main', linkedid: '1795597200.1', direction: 'inbound', externalNumber: '79161234567' },
    ...{ did: '74951230001', trunk: 'provider', callerExtension: null, calledExtension: null },
    ...{ startedAtMs, answeredAtMs: startedAtMs + 5_000, endedAtMs: startedAtMs + 65_000 },
    conversations: [conversationOf('101', startedAtMs)],
    ...{ firstRinging: ['101'], rang: ['101'], transfers: [], answeredBy: '101', lastTalker: '101', answeredOn: null },
    ...{ pickedUp: false, waitSeconds: 5, talkSeconds: 60, heldSeconds: 0, outsideTalkSeconds: 0, result: 'answered' },
    ...{ hangupBy: 'external', hangupExtension: null, clickToCall: null, ivr: null, queues: [], consultation: false },
    ...{ recordingFile: null, doubts: [] },
    ...changes,
  };
  const workflowId = `call:${call.pbxId}:${call.linkedid}`;
  return { call, registration, workflowId, celRowIds: [1, 2, 3, 7] };
}

const registered: Registration = { state: 'registered', noteId: 5, entityType: 'contacts', entityId: 3 };

export function conversationOf(extension: string, startedAtMs: number, isTalk = true): Conversation {
  return {
    ...{ extension, uniqueid: `${startedAtMs}.${extension}`, cameBy: 'group', answeredOn: null },
    requestedAtMs: startedAtMs + 1_000,
    acceptedAtMs: isTalk ? startedAtMs + 5_000 : null,
    endedAtMs: startedAtMs + (isTalk ? 65_000 : 5_000),
    ...{ talkSeconds: isTalk ? 60 : 0, result: isTalk ? 'answered' : 'elsewhere' },
  };
}
