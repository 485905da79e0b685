import { withAmi } from '../activities/asterisk/ami/session.ts';
import type { Call } from '../proto/call.ts';
import { dids, outboundCallerId } from '../sandbox/asterisk/office.ts';
import type { IncomingCall } from '../sandbox/asterisk/phones/incoming-call.ts';
import { type Pbx, startPbx } from './rig/pbx.ts';
import { callsWhile } from './rig/pbx-calls.ts';

jest.setTimeout(15_000);

/** A real Asterisk with phones and a trunk writes what Ringflow reads rightly. */

let pbx: Pbx;
beforeAll(async () => {
  pbx = await startPbx();
});
afterAll(() => pbx?.stop());

const client = { number: '79161234567', name: '' };
const rings = (...extensions: string[]): Promise<IncomingCall[]> =>
  Promise.all(extensions.map((extension) => pbx.phone(extension).nextCall()));

/** A client calls, and one of the phones that ring answers. */
async function talk(did: string, ringing: string[], answers: string, keys = '') {
  const call = pbx.trunk.call(did, client);
  if (keys) {
    await call.answered;
    await call.hears();
    await call.press(keys);
  }
  const calls = await rings(...ringing);
  const taken = calls[ringing.indexOf(answers)] as IncomingCall;
  await taken.answer();
  await taken.hears(call);
  return { call, taken };
}

/** What a call's label would say. */
const told = ({ direction, result, rang, answeredBy, did, externalNumber, doubts }: Call) => ({
  ...{ direction, result, rang: [...rang].sort(), answeredBy, did, externalNumber, doubts },
});
const inbound = (did: string, rang: string[], answeredBy: string | null) => ({
  ...{ direction: 'inbound', result: answeredBy ? 'answered' : 'missed', rang, answeredBy, did },
  ...{ externalNumber: client.number, doubts: [] },
});

describe('a client calls', () => {
  it('an extension, whose phone shows the number, and hangs up', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const { call, taken } = await talk(dids.direct, ['101'], '101');
      expect(taken.from).toEqual({ name: client.number, number: client.number });
      await call.hangUp();
      expect(await taken.ended).toEqual({ by: 'them', refusedWith: undefined });
    });
    expect(told(call as Call)).toEqual(inbound(dids.direct, ['101'], '101'));
    expect(call).toMatchObject({ hangupBy: 'external', trunk: 'trunk-out' });
  });

  it('a ring group: all phones ring, one answers, the others fall silent', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const outside = pbx.trunk.call(dids.group, client);
      const [first, second, third] = (await rings('101', '102', '103')) as [IncomingCall, IncomingCall, IncomingCall];
      await second.answer();
      await second.hears(outside);
      expect((await Promise.all([first.ended, third.ended])).map(({ by }) => by)).toEqual(['them', 'them']);
      await second.hangUp();
      await outside.ended;
    });
    expect(told(call as Call)).toEqual(inbound(dids.group, ['101', '102', '103'], '102'));
    expect(call).toMatchObject({ hangupBy: 'internal' });
  });

  it('a queue', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const { call } = await talk(dids.queue, ['101', '102'], '102');
      await call.hangUp();
    });
    expect(told(call as Call)).toEqual(inbound(dids.queue, ['101', '102'], '102'));
    expect(call).toMatchObject({ queues: ['400'] });
  });

  it('a menu, and chooses', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const { call } = await talk(dids.ivr, ['102'], '102', '2');
      await call.hangUp();
    });
    expect(told(call as Call)).toEqual(inbound(dids.ivr, ['102'], '102'));
  });

  it('a menu, and chooses nothing', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const { call } = await talk(dids.ivr, ['101', '102', '103'], '103');
      await call.hangUp();
    });
    expect(told(call as Call)).toEqual(inbound(dids.ivr, ['101', '102', '103'], '103'));
  });

  it.each([
    ['gives up', undefined, 'missed'],
    ['the employee is busy', 486, 'busy'],
    ['the employee declines', 603, 'busy'],
  ])('in vain: %s', async (_, refusal, result) => {
    const [call] = await callsWhile(pbx, async () => {
      const outside = pbx.trunk.call(dids.direct, client);
      const [ringing] = await rings('101');
      await outside.rings;
      await (refusal ? ringing?.reject(refusal) : outside.hangUp());
      await Promise.all([outside.ended, ringing?.ended]);
    });
    expect(told(call as Call)).toEqual({ ...inbound(dids.direct, ['101'], null), result });
  });

  it('and gets the voice mail', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const outside = pbx.trunk.call(dids.mailbox, client);
      await outside.answered;
      await outside.hangUp();
    });
    expect(call).toMatchObject({ direction: 'inbound', rang: ['104'], answeredBy: null, result: 'voicemail' });
  });
});

describe('an employee', () => {
  it('clicks: the phone is told to answer by itself, then the client is called', async () => {
    const click = {
      ...{ Channel: 'PJSIP/101', Context: 'from-internal', Exten: '89161234567', Priority: '1', Async: 'true' },
      ...{
        CallerID: '"Click" <89161234567>',
        Variable: 'PJSIP_HEADER(add,Alert-Info)=<http://a>\\;info=alert-autoanswer',
      },
    };
    const [call] = await callsWhile(pbx, async () => {
      const answer = await withAmi(pbx.ami, 5_000, (session) => session.ask('Originate', click));
      expect(answer).toMatchObject({ Response: 'Success' });
      const [ringing] = await rings('101');
      expect(ringing?.header('Alert-Info')).toEqual(['<http://a>;info=alert-autoanswer']);
      expect(ringing?.from).toEqual({ name: 'Click', number: '89161234567' });
      await ringing?.answer();
      const outside = await pbx.trunk.nextCall();
      await outside.answer();
      await outside.hears(ringing);
      await outside.hangUp();
    });
    expect(call).toMatchObject({ direction: 'outbound', callerExtension: '101', externalNumber: client.number });
    expect(call?.clickToCall).toMatchObject({ clientWasCalled: true });
  });

  it('calls a client, who sees the number of the company', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const call = pbx.phone('101').call('89161234567');
      const outside = await pbx.trunk.nextCall();
      expect(outside).toMatchObject({ dialled: '89161234567', from: { number: outboundCallerId } });
      await outside.answer();
      await outside.hears(call);
      await outside.hangUp();
      await call.ended;
    });
    expect(call).toMatchObject({ direction: 'outbound', callerExtension: '101', result: 'answered', doubts: [] });
    expect(call).toMatchObject({ externalNumber: client.number, hangupBy: 'external' });
  });

  it.each([
    ['is busy', 486, 'busy'],
    ['has no such number', 404, 'failed'],
  ])('calls a client in vain, who %s', async (_, refusal, result) => {
    const [call] = await callsWhile(pbx, async () => {
      const call = pbx.phone('101').call('89161234567');
      await (await pbx.trunk.nextCall()).reject(refusal);
      expect(await call.ended).toEqual({ by: 'them', refusedWith: refusal });
    });
    expect(call).toMatchObject({ direction: 'outbound', callerExtension: '101', result, answeredBy: null });
  });

  it('calls a colleague', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const call = pbx.phone('101').call('102');
      const [ringing] = await rings('102');
      expect(ringing?.from).toEqual({ name: 'Agent 101', number: '101' });
      await ringing?.answer();
      await ringing?.hears(call);
      await call.hangUp();
    });
    expect(call).toMatchObject({ direction: 'internal', callerExtension: '101', answeredBy: '102', doubts: [] });
  });

  it('hands a client on blindly, by REFER', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const { call, taken } = await talk(dids.direct, ['101'], '101');
      await taken.transfer('103');
      const [ringing] = await rings('103');
      await ringing?.answer();
      await ringing?.hears(call);
      await call.hangUp();
    });
    expect(call).toMatchObject({ result: 'answered', lastTalker: '103', doubts: [] });
    expect(call?.transfers).toMatchObject([{ kind: 'blind', from: '101', to: '103', answered: true }]);
  });

  it('hands a client on blindly, by keys', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const { call, taken } = await talk(dids.direct, ['101'], '101');
      await taken.press('##103');
      const [ringing] = await rings('103');
      await ringing?.answer();
      await ringing?.hears(call);
      await call.hangUp();
    });
    expect(call?.transfers).toMatchObject([{ kind: 'blind', from: '101', to: '103', answered: true }]);
  });

  it('asks a colleague and hands the client on, with two calls in one phone', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const { call, taken } = await talk(dids.direct, ['101'], '101');
      await taken.hold();
      const consultation = pbx.phone('101').call('102');
      const [ringing] = await rings('102');
      await ringing?.answer();
      await ringing?.hears(consultation);
      await taken.transferTo(consultation);
      await ringing?.hears(call);
      await call.hangUp();
      await ringing?.ended;
    });
    expect(call).toMatchObject({ direction: 'inbound', result: 'answered', lastTalker: '102', doubts: [] });
    expect(call?.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '102', answered: true }]);
  });

  it('asks a colleague and hands the client on, by keys', async () => {
    const [call] = await callsWhile(pbx, async () => {
      const { call, taken } = await talk(dids.direct, ['101'], '101');
      await taken.press('*2102');
      const [ringing] = await rings('102');
      await ringing?.answer();
      await taken.hears(ringing);
      await taken.hangUp();
      await call.hears(ringing);
      await call.hangUp();
      await ringing?.ended;
    });
    expect(call?.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '102', answered: true }]);
  });
});
