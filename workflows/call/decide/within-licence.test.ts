import { licenceOfRegistered } from '../../../activities/store/licence/of-call.ts';
import type { Call } from '../../../proto/call.ts';
import { nothingKnown } from '../../../proto/client.ts';
import { defaultPbx } from '../../../proto/default-pbx.ts';
import { defaultRules } from '../../../proto/default-rules.ts';
import { allFeatures, type Feature, restrictedMode } from '../../../proto/licence/feature.ts';
import { gates, isLicensed } from '../../../proto/licence/gate.ts';
import type { LicenceOfCall } from '../../../proto/licence/of-call.ts';
import { tellHeldBack, whyOff } from '../../../proto/licence/words.ts';
import type { CallSettings } from '../../../proto/settings.ts';
import { answered, conversation, missed, ringing } from '../../../tests/recorded/sample-calls.ts';
import { decideEnd, decideLive } from './decide.ts';
import { endWithinLicence, withoutDecisionHook } from './within-licence.ts';

const everything: LicenceOfCall = { features: [...allFeatures], seatHolders: null, reason: null, isPbxBeyond: false };
const restricted: LicenceOfCall = {
  ...everything,
  features: [...restrictedMode.features],
  seatHolders: [504141],
  reason: 'term-over',
};
const without = (feature: Feature): LicenceOfCall => ({
  ...everything,
  features: allFeatures.filter((one) => one !== feature),
});

const settingsWith = (licence?: LicenceOfCall): CallSettings => ({
  accountId: 'acme.amocrm.ru',
  pbx: defaultPbx('main', 'Europe/Moscow'),
  employees: { '101': 504141, '102': 504142 },
  language: 'ru',
  rules: [
    ...defaultRules,
    {
      id: 'hook',
      name: 'Hook',
      enabled: true,
      when: { phase: 'call_ended' },
      actions: [{ do: 'call-hook', hook: 'crm' }],
    },
  ],
  ...(licence && { licence }),
});
const of = (call: Call, licence?: LicenceOfCall) => ({ call, settings: settingsWith(licence), about: nothingKnown });
const atTheEnd = (call: Call, licence?: LicenceOfCall) => decideEnd(of(call, licence));
const cardUsers = (call: Call, licence?: LicenceOfCall) =>
  decideLive(of(call, licence), true).cards.map(({ userId }) => userId);

/** 101 and 102 rang, 102 talked. */
const talkedWith = (...extensions: string[]): Call => ({
  ...answered,
  rang: extensions,
  conversations: extensions.map((one) => conversation(one, { acceptedAtMs: 1, endedAtMs: 2, talkSeconds: 5 })),
});

it('each feature switches something, and nothing is switched by two', () => {
  const deeds = Object.values(gates).flat();
  expect(new Set(deeds).size).toBe(deeds.length);
  for (const feature of allFeatures) expect(gates[feature].length).toBeGreaterThan(0);
  for (const deed of deeds) expect([isLicensed(deed, allFeatures), isLicensed(deed, [])]).toEqual([true, false]);
});

it('a call from before there were licences, and one with all features, is decided as the rules say', () => {
  for (const call of [answered, missed, ringing]) {
    expect(atTheEnd(call, everything)).toEqual(atTheEnd(call));
    expect(decideLive(of(call, everything), true)).toEqual(decideLive(of(call), true));
  }
});

it('cards go to whoever has a seat alone, and only with the feature', () => {
  expect(cardUsers(ringing)).toEqual([504141, 504142]);
  expect(cardUsers(ringing, restricted)).toEqual([504141]);
  expect(cardUsers(ringing, without('cards'))).toEqual([]);
  expect(cardUsers(ringing, { ...everything, isPbxBeyond: true })).toEqual([]);
});

describe('a call without enough seats', () => {
  const inRussian = (call: Call) => (atTheEnd(call, restricted).heldBack ?? []).map((held) => tellHeldBack(held, 'ru'));

  it('is registered if one of those who rang or talked has a seat', () => {
    expect(atTheEnd(talkedWith('101', '102'), restricted).registration).toBeDefined();
    expect(inRussian(talkedWith('101', '102'))).toContain(
      'Не сделано: карточка — у сотрудника нет места в лицензии. Оплаченный срок закончился.',
    );
  });
  it('is not if none has, and says so', () => {
    const decision = atTheEnd(talkedWith('102'), restricted);
    expect(decision).toMatchObject({ changes: [], hooks: [] });
    for (const name of ['registration', 'contact', 'lead', 'task', 'incomingLead'])
      expect(decision).not.toHaveProperty(name);
    expect(inRussian(talkedWith('102'))).toEqual([
      expect.stringMatching(/^Не сделано: .*запись звонка.* — ни у кого из участников звонка нет места в лицензии\./),
    ]);
  });
  it('is registered if it has reached nobody', () => {
    expect(atTheEnd({ ...missed, rang: [], conversations: [] }, restricted).registration).toBeDefined();
  });
  it('is not for phones of nobody, but for a licence that was bought', () => {
    expect(atTheEnd(talkedWith('999'), restricted).registration).toBeUndefined();
    const bought = { ...everything, seatHolders: [504141], isUnmappedFree: true };
    expect(atTheEnd(talkedWith('999'), bought).registration).toBeDefined();
    expect(atTheEnd(talkedWith('102'), bought).registration).toBeUndefined();
  });
});

it('without hooks a call that is left out when the program is not heard is not done, unless it stands in amoCRM', () => {
  const decide = (licence: LicenceOfCall, ifItFails: 'leave-out' | 'go-on' = 'leave-out') =>
    withoutDecisionHook({ ifItFails }, of(answered, licence), atTheEnd(answered, licence));
  expect(decide(everything)).toBeUndefined();
  const unasked = [expect.anything(), expect.objectContaining({ deeds: ['decision-hook'] })];
  expect(decide(without('hooks'))).toEqual({ unasked });
  expect(decide(without('hooks'), 'go-on')).toMatchObject({ decision: { registration: expect.anything() } });
  expect(decide(licenceOfRegistered(without('hooks')))).toMatchObject({
    decision: { registration: expect.anything(), heldBack: unasked },
  });
});

it.each<[Feature, string[]]>([
  ['registration', ['registration']],
  ['crm-changes', ['contact', 'lead', 'incomingLead', 'task']],
])('without %s nothing of it is done, the rest is', (feature, names) => {
  const all = atTheEnd(missed);
  const { heldBack = [], ...decision } = atTheEnd(missed, without(feature));
  const kept = Object.keys(all).filter((name) => !names.includes(name));
  expect(Object.keys(decision).sort()).toEqual(kept.sort());
  expect(heldBack).toEqual([expect.objectContaining({ why: 'feature-off', feature, reason: null })]);
});

it('without recordings a call is registered without the way to its recording', () => {
  const recorded = { ...answered, recordingFile: 'in-101.wav' };
  expect(atTheEnd(recorded, everything).registration).toHaveProperty('recording');
  const { registration } = atTheEnd(recorded, without('recordings'));
  expect(registration).toBeDefined();
  expect(registration).not.toHaveProperty('recording');
});

it('without hooks none is called', () => {
  expect(atTheEnd(answered).hooks).toHaveLength(1);
  expect(atTheEnd(answered, without('hooks'))).toMatchObject({ hooks: [], heldBack: [{ deeds: ['call-hook'] }] });
});

it('nothing is done for a PBX that is one too many', () => {
  const decision = atTheEnd(answered, { ...everything, isPbxBeyond: true });
  expect(decision).toMatchObject({ changes: [], hooks: [], heldBack: [{ why: 'pbx-beyond' }] });
  expect(decision.registration).toBeUndefined();
});

it('what a program adds to a decision is held back too', () => {
  const amended = {
    ...atTheEnd(answered, without('crm-changes')),
    contact: { kind: 'create-contact' as const, phone: '79161234567', name: 'Added' },
  };
  const { contact, heldBack } = endWithinLicence(amended, of(answered, without('crm-changes')));
  expect(contact).toBeUndefined();
  expect(heldBack).toContainEqual(expect.objectContaining({ deeds: ['create-contact'] }));
});

it('says of each feature why it is off and how to get it', () => {
  for (const language of ['ru', 'en'] as const) {
    for (const feature of allFeatures) {
      expect(whyOff(feature, null, language).whatToDo).toMatch(/лицензию|licence/);
      expect(whyOff(feature, 'server-away', language).whatToDo).toContain('LICENSING_URL');
    }
  }
});
