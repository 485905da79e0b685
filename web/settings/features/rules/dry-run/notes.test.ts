import type { AboutClient, Client } from '../../../../../proto/client.ts';
import { aboutAs } from './assumption.ts';
import { type DeedNote, noteOn } from './notes.ts';
import type { Deed } from './trial.ts';

const client = (openLeadIds: number[] | null): Client => ({
  ...{ entityType: 'contacts', entityId: 3, name: 'Ivan', responsibleUserId: 7, openLeadIds, hasCustomers: false },
});
const about = (known: AboutClient['client']): AboutClient =>
  known === undefined ? { lists: ['vip'] } : { client: known, lists: ['vip'] };
const deed = (kind: Deed['kind']) => ({ kind, key: kind, outcome: {}, ruleId: '' }) as Deed;

it.each<[Deed['kind'], AboutClient['client'], Deed['kind'][], DeedNote | undefined]>([
  ['create-contact', client([]), [], 'client-there'],
  ['create-contact', null, [], undefined],
  ['create-contact', undefined, [], 'if-stranger'],
  ['create-contact', null, ['create-incoming-lead', 'register-call'], 'by-incoming-lead'],
  ['create-incoming-lead', client([]), [], 'client-there'],
  ['create-incoming-lead', null, [], undefined],
  ['create-lead', client([5]), [], 'lead-open'],
  ['create-lead', client([]), [], undefined],
  ['create-lead', client(null), [], 'if-no-lead'],
  ['create-lead', null, [], undefined],
  ['register-call', null, [], 'nobody-to-put-it'],
  ['register-call', null, ['create-lead'], undefined],
  ['register-call', client([]), [], undefined],
  ['create-task', null, [], undefined],
])('of %s for %j beside %j it says %s', (kind, known, others, note) => {
  expect(noteOn(deed(kind), about(known), [kind, ...others].map(deed))).toBe(note);
});

it('what is assumed goes before what is known, and nothing else is lost', () => {
  expect(aboutAs(about(client([5])), undefined)).toEqual(about(client([5])));
  expect(aboutAs(about(client([5])), { isKnown: false, responsibleUserId: null })).toEqual(about(null));
  const known = aboutAs(about(client([5])), { isKnown: true, responsibleUserId: 9 });
  expect(known).toEqual({ client: { ...client([5]), responsibleUserId: 9 }, lists: ['vip'] });
  expect(aboutAs(about(undefined), { isKnown: true, responsibleUserId: null }).client).toMatchObject({ name: '' });
});
