import type { OthersCallAnswer } from '../../../activities/amocrm/others-call.ts';
import type { EndDecision, RegisterCall } from '../../../proto/crm-action.ts';
import type { Difference, OthersCall } from '../../../proto/journal.ts';
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

it.each<[string, EndDecision, OthersCallAnswer | null, Difference[]]>([
  ['nothing if all is alike', decided(), theirs(), []],
  ['nothing of three seconds', decided(), theirs({ durationSeconds: 45 }), []],
  [
    'four seconds',
    decided(),
    theirs({ durationSeconds: 38 }),
    [{ what: 'duration', thereSeconds: 38, hereSeconds: 42 }],
  ],
  ['another user', decided(), theirs({ responsible: 7 }), [{ what: 'responsible', there: 7, here: 504141 }]],
  [
    'words for a user',
    decided(),
    theirs({ responsible: 'Anna' }),
    [{ what: 'responsible', there: 'Anna', here: 504141 }],
  ],
  ['nobody', decided(), theirs({ responsible: null }), [{ what: 'responsible', there: null, here: 504141 }]],
  ['no difference of words', decided({ responsible: 'ext. 105' }), theirs({ responsible: '105' }), []],
  ['nothing of the same entity', decided(), theirs({}, contact(12)), []],
  ['another entity', decided(), theirs({}, contact(13)), [{ what: 'entity', there: contact(12), here: contact(13) }]],
  [
    'another kind of entity',
    decided(),
    theirs({}, { entityType: 'leads', entityId: 12 }),
    [{ what: 'entity', there: contact(12), here: { entityType: 'leads', entityId: 12 } }],
  ],
  ['what is missing', decided(), null, [{ what: 'missing-there' }]],
  [
    'what we would have left out',
    { changes: [], hooks: [], notRegistered: 'No rule asks for it.' },
    theirs(),
    [{ what: 'only-there', reason: 'No rule asks for it.' }],
  ],
  ['nothing of what both leave out', { changes: [], hooks: [] }, null, []],
])('of the two is told: %s', (_, decision, seen, expected) => {
  expect(differencesOf(decision, seen)).toEqual(expected);
});
