import { defaultPbx } from '../../../../proto/default-pbx.ts';
import type { Case } from '../../../../workflows/call/decide/case.ts';
import type { Language } from '../../../kit/language.tsx';

const startedAtMs = Date.UTC(2026, 0, 15, 9);
const clients: Record<Language, string> = { ru: 'Иван Петров', en: 'John Smith' };

/** A call in vain, on which texts are shown as long as no other is chosen. */
export const sampleCase = (language: Language): Case => ({
  call: {
    ...{ pbxId: 'main', linkedid: '1.1', direction: 'inbound', externalNumber: '79161234567', did: '74951230001' },
    ...{ trunk: 'provider', callerExtension: null, calledExtension: null, startedAtMs, answeredAtMs: null },
    endedAtMs: startedAtMs + 25_000,
    conversations: [
      {
        ...{ extension: '101', uniqueid: '1.2', cameBy: 'queue', requestedAtMs: startedAtMs + 5_000 },
        ...{ acceptedAtMs: null, endedAtMs: startedAtMs + 25_000, talkSeconds: 0, result: 'no_answer' },
        answeredOn: null,
      },
    ],
    ...{ firstRinging: ['101'], rang: ['101'], transfers: [], answeredBy: null, lastTalker: null, answeredOn: null },
    ...{ pickedUp: false, waitSeconds: 25, talkSeconds: 0, heldSeconds: 0, outsideTalkSeconds: 0, result: 'missed' },
    ...{ hangupBy: 'external', hangupExtension: null, clickToCall: null, ivr: null, queues: ['400'] },
    ...{ consultation: false, recordingFile: null, doubts: [] },
  },
  settings: { accountId: '', pbx: defaultPbx('main', 'Europe/Moscow'), employees: {}, language },
  about: {
    client: {
      ...{ entityType: 'contacts', entityId: 1, name: clients[language], responsibleUserId: null },
      ...{ openLeadIds: [], hasCustomers: false },
    },
    lists: [],
  },
});
