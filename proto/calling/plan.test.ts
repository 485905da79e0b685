import { type CallingCase, planCall } from './plan.ts';

const about = (changes: Partial<CallingCase> = {}): CallingCase => ({
  calling: undefined,
  pbxs: [{ id: 'main', country: 'RU' }],
  employees: { '101': 11, '102': 12, '201': 11 },
  inactiveUsers: [],
  ...changes,
});
const click = (userId = 11) => ({ userId, number: '+7 916 123-45-67' });

it('rings the phone of whoever clicked, and then the client', () => {
  expect(planCall(click(), about())).toEqual({
    ...{ pbxId: 'main', extension: '101', phone: '79161234567' },
    ...{ channel: 'PJSIP/101', context: 'from-internal', exten: '89161234567', ringMs: 30_000 },
    variables: { REALCALLERIDNUM: '101' },
  });
});

it('calls as the PBX wants it, and the employee before it', () => {
  const calling = {
    pbxs: { main: { channel: 'SIP/{extension}', context: 'out', callerId: '+74951112233', ringSeconds: 20 } },
    employees: { '101': { prefix: '55', ringSeconds: 10, autoAnswer: 'call-info' as const } },
  };
  expect(planCall(click(), about({ calling }))).toMatchObject({
    ...{ channel: 'SIP/101', context: 'out', exten: '5589161234567', ringMs: 10_000 },
    variables: { TRUNKCIDOVERRIDE: '+74951112233', SIPADDHEADER01: 'Call-Info: <sip:ringflow>;answer-after=0' },
  });
});

it('lets a phone of chan_pjsip answer by a header of its own', () => {
  const calling = { pbxs: { main: { autoAnswer: 'call-info' as const } } };
  const plan = planCall(click(), about({ calling }));
  expect(plan).toMatchObject({ variables: { 'PJSIP_HEADER(add,Call-Info)': '<sip:ringflow>;answer-after=0' } });
});

it('takes the PBX of the employee', () => {
  const pbxs = [...about().pbxs, { id: 'branch', country: 'KZ' }];
  const calling = { employees: { '101': { pbx: 'branch' } } };
  expect(planCall(click(), about({ pbxs, calling }))).toBe('country-not-allowed');
  const planned = (changes: Partial<CallingCase>) => planCall(click(), about({ pbxs, ...changes }));
  expect(planned({ seenAt: { '101': ['branch'] } })).toBe('country-not-allowed');
  expect(planned({ seenAt: { '101': ['branch', 'main'] } })).toMatchObject({ pbxId: 'main' });
  expect(planned({ seenAt: { '102': ['branch'], '101': ['without-ami'] } })).toMatchObject({ pbxId: 'main' });
  const set = { employees: { '101': { pbx: 'main' } } };
  expect(planned({ seenAt: { '101': ['branch'] }, calling: set })).toMatchObject({ pbxId: 'main' });
  expect(planCall(click(12), about({ pbxs, calling }))).toMatchObject({ pbxId: 'main' });
});

it.each([
  ['nobody whose phone is known', click(99), {}, 'no-extension'],
  ['somebody who has left', click(11), { inactiveUsers: [11] }, 'no-extension'],
  ['anybody where it is switched off', click(), { calling: { isOff: true } }, 'switched-off'],
  ['who may not', click(12), { calling: { employees: { '102': { isOff: true } } } }, 'switched-off'],
  ['anybody without AMI', click(), { pbxs: [] }, 'no-pbx'],
  ['whose PBX is gone', click(), { calling: { employees: { '101': { pbx: 'gone' } } } }, 'no-pbx'],
  ['a number that is none', { userId: 11, number: '__proto__' }, {}, 'not-a-number'],
])('calls not: %s', (_, clicked, changes, refusal) => {
  expect(planCall(clicked, about(changes))).toBe(refusal);
});

it('leaves out the phone that may not call, if there is another', () => {
  const calling = { employees: { '101': { isOff: true } } };
  expect(planCall(click(), about({ calling }))).toMatchObject({ extension: '201' });
});

it('dials nothing that the licence does not have, nor for whoever has no seat', () => {
  const licence = (changes: Partial<NonNullable<CallingCase['licence']>>) =>
    about({ licence: { features: ['click-to-call'], seatHolders: null, ...changes } });
  expect(planCall(click(), licence({}))).toMatchObject({ extension: '101' });
  expect(planCall(click(), licence({ features: [] }))).toBe('feature-off');
  expect(planCall(click(12), licence({ seatHolders: [11] }))).toBe('no-seat');
  expect(planCall(click(11), licence({ seatHolders: [11] }))).toMatchObject({ extension: '101' });
});
