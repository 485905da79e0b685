import fc from 'fast-check';
import { Value } from 'typebox/value';
import { type Call, Call as CallSchema } from '../../../proto/call.ts';
import { nothingKnown } from '../../../proto/client.ts';
import { defaultPbx } from '../../../proto/default-pbx.ts';
import type { CallSettings } from '../../../proto/settings.ts';
import { answered, conversation, missed, ringing } from '../../../tests/recorded/sample-calls.ts';
import { decideEnd, decideLive } from './decide.ts';

const settings: CallSettings = {
  accountId: 'acme.amocrm.ru',
  pbx: defaultPbx('main', 'Europe/Moscow'),
  employees: { '101': 504141, '102': 504142, '103': 504142 },
  language: 'ru',
};

const about = nothingKnown;
const cardUsers = (call: Call, fresh = true) =>
  decideLive({ call, settings, about }, fresh).cards.map((card) => card.userId);
const atTheEnd = (call: Call, by: CallSettings = settings) => decideEnd({ call, settings: by, about });

describe('a card', () => {
  it('goes to each user whose phone rings', () => {
    expect(cardUsers(ringing)).toEqual([504141, 504142]);
  });
  it('comes once for a user with two phones', () => {
    expect(cardUsers({ ...ringing, conversations: [conversation('102'), conversation('103')] })).toEqual([504142]);
  });
  it.each<[string, Call, boolean]>([
    ['nobody mapped', { ...ringing, conversations: [conversation('999')] }, true],
    ['a hidden number', { ...ringing, externalNumber: null }, true],
    ['rows that were old when read', ringing, false],
    ['an outbound call', { ...ringing, direction: 'outbound' }, true],
    ['an internal call', { ...ringing, direction: 'internal' }, true],
    ['a call that is over', answered, true],
    ['phones that stopped ringing', { ...ringing, conversations: [conversation('101', { endedAtMs: 2 })] }, true],
  ])('goes to nobody for %s', (_, call, fresh) => {
    expect(cardUsers(call, fresh)).toEqual([]);
  });
  it('never goes to anybody but the mapped users of ringing phones, whatever the call', () => {
    const extensions = fc.array(fc.constantFrom('101', '102', '103', '999', '__proto__', 'constructor'));
    fc.assert(
      fc.property(extensions, fc.boolean(), (rung, fresh) => {
        const users = cardUsers({ ...ringing, conversations: rung.map((e) => conversation(e)) }, fresh);
        expect(new Set(users).size).toBe(users.length);
        for (const user of users)
          expect(rung.map((e) => Object.entries(settings.employees).find(([key]) => key === e)?.[1])).toContain(user);
        for (const user of users) expect(typeof user).toBe('number');
      }),
    );
  });
});

describe('registration', () => {
  it('names client, time, length and who talked', () => {
    expect(atTheEnd(answered).registration).toEqual({
      kind: 'register-call',
      effect: 'call',
      direction: 'inbound',
      phone: '79161234567',
      durationSeconds: 42,
      callStatus: 4,
      callResult: 'Разговор состоялся, внутр. 102, на номер 74951230001',
      uniq: 'main:1795417935.10',
      responsible: 504142,
      startedAtSeconds: 1_795_417_935,
      attachTo: 'as-amocrm',
    });
  });

  it('brings a contact for a stranger', () => {
    expect(atTheEnd(answered).contact).toEqual({
      kind: 'create-contact',
      phone: '79161234567',
      name: '+79161234567',
      responsibleUserId: 504142,
    });
  });

  it.each([
    ['missed', 6],
    ['busy', 7],
    ['cancelled', 6],
    ['no_answer', 6],
    ['failed', 5],
  ] as const)('tells a call that was %s as status %i with no length', (result, callStatus) => {
    const call = atTheEnd({ ...missed, result }).registration;
    expect(call).toMatchObject({ callStatus, durationSeconds: 0 });
  });

  it('puts a missed call to the first mapped user whose phone rang', () => {
    const conversations = [conversation('999'), conversation('102'), conversation('101')];
    expect(atTheEnd({ ...missed, conversations }).registration?.responsible).toBe(504142);
  });

  it('names the extension where no user is mapped, and telephony where nobody rang', () => {
    const stranger = { ...missed, conversations: [conversation('999')] };
    expect(atTheEnd(stranger).registration?.responsible).toBe('внутр. 999');
    const nobody = { ...missed, conversations: [] };
    expect(atTheEnd(nobody, { ...settings, language: 'en' }).registration?.responsible).toBe('Telephony');
  });

  it.each<[string, Partial<Call>, RegExp]>([
    ['an internal call', { direction: 'internal' }, /internal/i],
    ['a hidden number', { externalNumber: null }, /hidden/],
    ['rows without a direction', { direction: null }, /who called whom/],
  ])('leaves out %s and says why', (_, changes, reason) => {
    const decision = atTheEnd({ ...answered, ...changes });
    expect(decision).toMatchObject({ isUnfit: true });
    expect(decision.registration).toBeUndefined();
    expect(decision.notRegistered).toMatch(reason);
  });
});

it('is tested with calls of the right form', () => {
  for (const call of [ringing, answered, missed]) expect(Value.Check(CallSchema, call)).toBe(true);
});
