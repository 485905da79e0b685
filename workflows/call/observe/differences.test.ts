import type { OthersCallAnswer } from '../../../activities/amocrm/others-call.ts';
import type { EndDecision, RegisterCall } from '../../../proto/crm-action.ts';
import type { OthersCall } from '../../../proto/journal.ts';
import { differencesOf } from './differences.ts';

const ours: RegisterCall = {
  ...{ kind: 'register-call', effect: 'call', direction: 'inbound', phone: '79161234567', durationSeconds: 42 },
  ...{ callStatus: 4, callResult: 'Answered', uniq: 'u', responsible: 504141, startedAtSeconds: 1, attachTo: 'client' },
};
const decided = (changes: Partial<RegisterCall> = {}): EndDecision => ({
  ...{ changes: [], hooks: [], registration: { ...ours, ...changes } },
});
const theirs = (
  changes: Partial<OthersCall> = {},
  ownPlace: OthersCallAnswer['ownPlace'] = null,
): OthersCallAnswer => ({
  ownPlace,
  call: {
    ...{ noteId: 1, entityType: 'contacts', entityId: 12, durationSeconds: 42, responsible: 504141, status: 4 },
    ...{ result: null, source: 'Another', link: null, createdAtSeconds: 1, ...changes },
  },
});
const contact = (entityId: number) => ({ entityType: 'contacts', entityId });

it.each<[string, EndDecision, OthersCallAnswer | null, string[]]>([
  ['nothing if all is alike', decided(), theirs(), []],
  ['nothing of three seconds', decided(), theirs({ durationSeconds: 45 }), []],
  ['four seconds', decided(), theirs({ durationSeconds: 38 }), ['duration: 38 s there, 42 s here']],
  ['another user', decided(), theirs({ responsible: 7 }), ['responsible: user 7 there, user 504141 here']],
  ['words for a user', decided(), theirs({ responsible: 'Anna' }), ['responsible: Anna there, user 504141 here']],
  ['nobody', decided(), theirs({ responsible: null }), ['responsible: nobody there, user 504141 here']],
  ['no difference of words', decided({ responsible: 'ext. 105' }), theirs({ responsible: '105' }), []],
  ['nothing of the same entity', decided(), theirs({}, contact(12)), []],
  ['another entity', decided(), theirs({}, contact(13)), ['entity: contacts 12 there, contacts 13 here']],
  [
    'another kind of entity',
    decided(),
    theirs({}, { entityType: 'leads', entityId: 12 }),
    ['entity: contacts 12 there, leads 12 here'],
  ],
  ['what is missing', decided(), null, ['missing there']],
  [
    'what we would have left out',
    { changes: [], hooks: [], notRegistered: 'No rule asks for it.' },
    theirs(),
    ['registered there, would not have been here: No rule asks for it.'],
  ],
  ['nothing of what both leave out', { changes: [], hooks: [] }, null, []],
])('of the two is told: %s', (_, decision, seen, expected) => {
  expect(differencesOf(decision, seen)).toEqual(expected);
});
