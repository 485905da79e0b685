import fc from 'fast-check';
import { readWebhook } from './read-webhook.ts';

const phone = (at: string, value: string) =>
  `contacts[${at}][custom_fields][0][code]=PHONE&contacts[${at}][custom_fields][0][values][0][value]=${value}`;

it.each([
  [
    'a new contact with its phones',
    `contacts[add][0][id]=5&contacts[add][0][type]=contact&${phone('add][0', '%2B7 916 123-45-67')}`,
    [{ entityType: 'contacts', entityId: 5, phones: ['+7 916 123-45-67'], isNew: true }],
  ],
  [
    'a changed company among the contacts',
    'contacts[update][0][id]=6&contacts[update][0][type]=company',
    [{ entityType: 'companies', entityId: 6, phones: [] }],
  ],
  [
    'a deleted one, of which only the id is told',
    'contacts[delete]=7',
    [
      { entityType: 'contacts', entityId: 7, phones: [] },
      { entityType: 'companies', entityId: 7, phones: [] },
    ],
  ],
  [
    'leads, new and moved',
    'leads[add][0][id]=8&leads[status][0][id]=9&leads[status][0][status_id]=142',
    [
      { entityType: 'leads', entityId: 8, phones: [], isNew: true },
      { entityType: 'leads', entityId: 9, phones: [] },
    ],
  ],
  ['tasks, which are nothing to us', 'task[add][0][id]=8', []],
  ['an id that is none', 'contacts[add][0][id]=5e3&leads[add][0][id]=__proto__', []],
  ['nothing', '', []],
])('hears of %s', (_, body, changes) => {
  expect(readWebhook(body).changes).toEqual(changes);
});

it('knows whose news it is', () => {
  expect(readWebhook('account[id]=31415926&account[subdomain]=acme')).toEqual({ amocrmId: 31415926, changes: [] });
  expect(readWebhook('account=5').amocrmId).toBeUndefined();
});

it('takes more than twenty at once', () => {
  const body = Array.from({ length: 60 }, (_, i) => `leads[update][${i}][id]=${i + 1}`).join('&');
  expect(readWebhook(body).changes).toHaveLength(60);
});

it('never fails, whatever comes, and tells nothing but numbers', () => {
  const key = fc.stringMatching(
    /^(contacts|leads|account|__proto__)(\[(add|delete|id|0|custom_fields|__proto__|constructor)\]){0,5}$/,
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.string()), { maxLength: 20 }), (pairs) => {
      const body = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
      for (const { entityId } of readWebhook(body).changes) expect(Number.isSafeInteger(entityId)).toBe(true);
    }),
  );
});
