import fc from 'fast-check';
import type { Client } from '../client.ts';
import { defaultPbx } from '../default-pbx.ts';
import { decideRoute, type RoutingFacts, type RoutingMoment, routingAnswer } from './decide.ts';
import type { PbxRouting } from './settings.ts';

/** A Monday in Moscow. */
const noonMs = Date.UTC(2026, 10, 23, 9);
const nightMs = Date.UTC(2026, 10, 23, 20);
const hours = [{ from: '09:00', to: '18:00' }];
const office = {
  ...{ id: 'office', name: 'Office', timezone: 'Europe/Moscow', days: {} },
  week: [hours, hours, hours, hours, hours, [], []],
};
const ivan: Client = {
  ...{ entityType: 'contacts', entityId: 7, name: 'Иван "Ваня"', responsibleUserId: 1 },
  ...{ openLeadIds: [], hasCustomers: false },
};
const of = (responsibleUserId: number | null): Client => ({ ...ivan, responsibleUserId });
const did = '74951230001';

const factsWith = (routing: Partial<PbxRouting>, more: Partial<RoutingFacts> = {}): RoutingFacts => ({
  pbx: { ...defaultPbx('main', 'Europe/Moscow'), mobiles: { '79160000101': '101' } },
  employees: { '1010': 1, '102': 2, '101': 1, '103': 3, 'PJSIP/x': 5 },
  inactiveUsers: [3],
  calendars: [office],
  routing: { enabled: true, ...routing },
  ...more,
});

interface Ask {
  number?: string;
  did?: string;
  client?: Client | null;
  busy?: string[];
  atMs?: number;
}

function answerOf(facts: RoutingFacts, ask: Ask = {}): string {
  const { number = '79161234567', client = ivan, busy = [], atMs = noonMs } = ask;
  const decision = decideRoute({ number, did: ask.did ?? did }, facts, { client, busy: new Set(busy), atMs });
  return `${decision.reason}, ${decision.rung}: ${routingAnswer(decision)}`;
}

const toFallback = { whenBusy: { extension: '200' }, whenAbsent: { extension: '300' } };
const closed = (outside: NonNullable<PbxRouting['hours']>['outside']) => ({ hours: { calendar: 'office', outside } });
const both = ['101', '1010'];

it.each<[string, string, RoutingFacts, Ask?]>([
  ['a known client', 'free, responsible: 101|Иван Ваня', factsWith({})],
  ['the first phone that is free', 'free, responsible: 1010|Иван Ваня', factsWith({}), { busy: ['101'] }],
  ['nobody has set anything', 'off, default-route: ', factsWith({}, { routing: undefined })],
  ['switched off', 'off, default-route: ', factsWith({ enabled: false })],
  ['a number as people write it', 'free, responsible: 101|Иван Ваня', factsWith({}), { number: '8 (916) 123-45-67' }],
  ['a hidden number', 'no-number, default-route: ', factsWith({}), { number: 'anonymous' }],
  ['no number', 'no-number, default-route: ', factsWith({}), { number: '' }],
  ['an extension', 'no-number, default-route: ', factsWith({}), { number: '101' }],
  ['channels for a number', 'no-number, default-route: ', factsWith({}), { number: 'PJSIP/101&PJSIP/102' }],
  ['a line break in it', 'no-number, default-route: ', factsWith({}), { number: '79161234567\n101' }],
  ['digits without end', 'no-number, default-route: ', factsWith({}), { number: '7'.repeat(5_000) }],
  ['more digits than phones have', 'no-number, default-route: ', factsWith({}), { number: '7'.repeat(30) }],
  ["an employee's mobile", 'colleague, default-route: ', factsWith({}), { number: '79160000101' }],
  ['nobody amoCRM knows', 'unknown-client, default-route: ', factsWith({}), { client: null }],
  ['a number that is not listed', 'other-did, default-route: ', factsWith({ dids: ['74951230002'] })],
  ['a listed one', 'free, responsible: 101|Иван Ваня', factsWith({ dids: ['+7 495 123-00-01'] })],
  ['a listed one without its code', 'free, responsible: 101|Иван Ваня', factsWith({ dids: ['4951230001'] })],
  ['no number called', 'other-did, default-route: ', factsWith({ dids: [did] }), { did: '' }],
  ['within the hours', 'free, responsible: 101|Иван Ваня', factsWith(closed('default-route'))],
  ['outside them', 'closed, default-route: |Иван Ваня', factsWith(closed('default-route')), { atMs: nightMs }],
  ['a phone for the night', 'closed, named: 900|Иван Ваня', factsWith(closed({ extension: '900' })), { atMs: nightMs }],
  [
    'a phone for the night that is busy',
    'closed, default-route: |Иван Ваня',
    factsWith(closed({ extension: '900' })),
    { atMs: nightMs, busy: ['900'] },
  ],
  ['busy', 'busy, default-route: |Иван Ваня', factsWith({}), { busy: both }],
  ['busy, rung anyway', 'busy, responsible: 101|Иван Ваня', factsWith({ whenBusy: 'ring' }), { busy: both }],
  ['busy, somewhere else', 'busy, named: 200|Иван Ваня', factsWith(toFallback), { busy: both }],
  ['busy there, too', 'busy, default-route: |Иван Ваня', factsWith(toFallback), { busy: [...both, '200'] }],
  ['a deputy', 'busy, deputy: 102|Иван Ваня', factsWith({ ...toFallback, deputies: { '1': '102' } }), { busy: both }],
  [
    'a busy deputy',
    'busy, named: 200|Иван Ваня',
    factsWith({ ...toFallback, deputies: { '1': '102' } }),
    { busy: [...both, '102'] },
  ],
  ['deactivated', 'deactivated, named: 300|Иван Ваня', factsWith(toFallback), { client: of(3) }],
  ['deactivated, as it is', 'deactivated, default-route: |Иван Ваня', factsWith({}), { client: of(3) }],
  [
    'deactivated, with a deputy',
    'deactivated, deputy: 102|Иван Ваня',
    factsWith({ deputies: { '3': '102' } }),
    { client: of(3) },
  ],
  ['without a phone', 'no-extension, named: 300|Иван Ваня', factsWith(toFallback), { client: of(9) }],
  ['with no number for a phone', 'no-extension, named: 300|Иван Ваня', factsWith(toFallback), { client: of(5) }],
  ['no responsible', 'no-responsible, named: 300|Иван Ваня', factsWith(toFallback), { client: of(null) }],
  ['no name to show', 'free, responsible: 101|', factsWith({}), { client: { ...ivan, name: '🎉' } }],
  ['nothing to say', 'busy, default-route: ', factsWith({}), { client: { ...ivan, name: '🎉' }, busy: both }],
])('%s', (_, expected, facts, ...[ask]) => expect(answerOf(facts, ask)).toBe(expected));

const extension = fc.constantFrom('101', '1010', '102', '103', '200');
const elsewhere = fc.oneof(
  fc.constant('default-route' as const),
  extension.map((one) => ({ extension: one })),
);
const anyRouting: fc.Arbitrary<PbxRouting> = fc.record(
  {
    enabled: fc.boolean(),
    dids: fc.constantFrom([did], ['1']),
    hours: elsewhere.map((outside) => ({ calendar: 'office', outside })),
    whenBusy: fc.oneof(elsewhere, fc.constant('ring' as const)),
    whenAbsent: elsewhere,
    deputies: fc.dictionary(fc.constantFrom('1', '2', '3'), extension),
  },
  { requiredKeys: ['enabled'] },
);
const anyMoment: fc.Arbitrary<RoutingMoment> = fc.record({
  client: fc
    .option(fc.record({ name: fc.string({ unit: 'binary' }), responsibleUserId: fc.constantFrom(1, 2, 3, 9, null) }))
    .map((client) => client && { ...ivan, ...client }),
  busy: fc.uniqueArray(extension).map((some) => new Set(some)),
  atMs: fc.constantFrom(noonMs, nightMs),
});
const anyNumber = fc.oneof(fc.constantFrom('79161234567', '89161234567', 'anonymous'), fc.string({ unit: 'binary' }));

it('whatever is asked and set, the answer is one line that a dialplan takes, and names no busy phone unasked', () => {
  fc.assert(
    fc.property(anyNumber, anyRouting, anyMoment, (number, routing, moment) => {
      const decision = decideRoute({ number, did }, factsWith(routing), moment);
      expect(routingAnswer(decision)).toMatch(/^(\d{0,10}\|[\p{L}\p{M}\p{Nd}. -]{0,40})?$/u);
      const { extension: rung } = decision;
      expect([decision.rung === 'default-route', rung === null]).toEqual(Array(2).fill(rung === null));
      if (rung === null) return;
      expect(moment.client && routing.enabled).toBeTruthy();
      if (moment.busy.has(rung)) expect([routing.whenBusy, decision.rung]).toEqual(['ring', 'responsible']);
    }),
    { numRuns: 1_000 },
  );
});
