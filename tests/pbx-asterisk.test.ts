import { AmiConnection } from '../activities/asterisk/ami/connection.ts';
import { dids, outboundCallerId } from '../sandbox/asterisk/office.ts';
import { type Pbx, startPbx } from './rig/pbx.ts';
import { callsWhile, ringing, talk, told } from './rig/pbx-calls.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(15_000);

/** What a real Asterisk writes of calls between real SIP ends is what Ringflow takes it for. */

const client = { number: '79161234567' };
const inbound = (did: string, rang: string[], answeredBy: string | null) => ({
  ...{ direction: 'inbound', result: answeredBy ? 'answered' : 'missed', rang, answeredBy, did },
  ...{ externalNumber: client.number, doubts: [] },
});

const asterisks: [name: string, unpacked: string | undefined][] = [
  ['the newest Asterisk', servers.asterisk],
  ['Asterisk 16', servers.asterisk16],
];
for (const [name, unpacked] of asterisks) {
  if (unpacked === undefined)
    it.skip(`${name} can't be had on this machine: nothing is tested with it`, () => undefined);
}

describe.each(asterisks.flatMap(([name, unpacked]) => (unpacked ? [{ name, unpacked }] : [])))(
  '$name',
  ({ unpacked }) => {
    let pbx: Pbx;
    beforeAll(async () => {
      pbx = await startPbx({ unpacked });
    });
    afterAll(() => pbx?.stop());

    describe('a client calls', () => {
      it('an extension, whose phone shows the number, and hangs up', async () => {
        const [call] = await callsWhile(pbx, async () => {
          const { outside, taken } = await talk(pbx, client, dids.direct, '101');
          expect(taken.from).toEqual({ name: client.number, number: client.number });
          await outside.hangUp();
          expect(await taken.ended).toEqual({ by: 'them', refusedWith: undefined });
        });
        expect(told(call)).toEqual(inbound(dids.direct, ['101'], '101'));
        expect(call).toMatchObject({ hangupBy: 'external', trunk: 'trunk-out' });
        expect(call.recordingFile).toMatch(/^exten-101-79161234567-.*\.wav$/);
      });

      it('a ring group: all phones ring, one answers, the others fall silent', async () => {
        const [call] = await callsWhile(pbx, async () => {
          const outside = pbx.trunk.call(dids.group, client);
          const [first, second, third] = await ringing(pbx, '101', '102', '103');
          await second.answer();
          await second.hears(outside);
          expect(await Promise.all([first.ended, third.ended])).toMatchObject([{ by: 'them' }, { by: 'them' }]);
          await second.hangUp();
          await outside.ended;
        });
        expect(told(call)).toEqual(inbound(dids.group, ['101', '102', '103'], '102'));
        expect(call).toMatchObject({ hangupBy: 'internal' });
      });

      it('a queue', async () => {
        const [call] = await callsWhile(pbx, async () => {
          const { outside } = await talk(pbx, client, dids.queue, '102', { others: ['101'] });
          await outside.hangUp();
        });
        expect(told(call)).toEqual(inbound(dids.queue, ['101', '102'], '102'));
        expect(call).toMatchObject({ queues: ['400'] });
      });

      it.each([
        ['chooses', '2', '102', []],
        ['dials an extension', '103', '103', []],
        ['does nothing', '', '103', ['101', '102']],
      ])('a menu, and %s', async (_, keys, answers, others) => {
        const [call] = await callsWhile(pbx, async () => {
          const { outside } = await talk(pbx, client, dids.ivr, answers, { keys, others });
          await outside.hangUp();
        });
        expect(told(call)).toEqual(inbound(dids.ivr, [answers, ...others].sort(), answers));
        expect(call.ivr).not.toBeNull();
      });

      it.each([
        ['gives up', undefined, 'missed'],
        ['the employee is busy', 486, 'busy'],
        ['the employee declines', 603, 'busy'],
      ])('in vain: %s', async (_, refusal, result) => {
        const [call] = await callsWhile(pbx, async () => {
          const outside = pbx.trunk.call(dids.direct, client);
          const [rings] = await ringing(pbx, '101');
          await outside.rings;
          await (refusal ? rings.reject(refusal) : outside.hangUp());
          await Promise.all([outside.ended, rings.ended]);
        });
        expect(told(call)).toEqual({ ...inbound(dids.direct, ['101'], null), result });
      });

      it('and gets the voice mail', async () => {
        const [call] = await callsWhile(pbx, async () => {
          const outside = pbx.trunk.call(dids.mailbox, client);
          await outside.answered;
          await outside.hangUp();
        });
        expect(told(call)).toEqual({ ...inbound(dids.mailbox, ['104'], null), result: 'voicemail' });
      });
    });

    describe('an employee', () => {
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
          const [rings] = await ringing(pbx, '102');
          expect(rings.from).toEqual({ name: 'Agent 101', number: '101' });
          await rings.answer();
          await rings.hears(call);
          await call.hangUp();
        });
        expect(call).toMatchObject({ direction: 'internal', callerExtension: '101', answeredBy: '102', doubts: [] });
      });

      it('clicks: the phone is told to answer by itself, then the client is called', async () => {
        const click = {
          ...{ Channel: 'PJSIP/101', Context: 'from-internal', Exten: '89161234567', Priority: '1', Async: 'true' },
          ...{ CallerID: '"Client" <89161234567>', Variable: 'PJSIP_HEADER(add,Call-Info)=answer-after=0' },
        };
        const [call] = await callsWhile(pbx, async () => {
          const ami = await AmiConnection.open(pbx.ami);
          const answer = await ami.ask('Originate', click);
          ami.close();
          expect(answer).toMatchObject({ Response: 'Success' });
          const [rings] = await ringing(pbx, '101');
          expect(rings.header('Call-Info')).toEqual(['answer-after=0']);
          expect(rings.from).toEqual({ name: 'Client', number: '89161234567' });
          await rings.answer();
          const outside = await pbx.trunk.nextCall();
          await outside.answer();
          await outside.hears(rings);
          await outside.hangUp();
        });
        expect(call).toMatchObject({ direction: 'outbound', callerExtension: '101', externalNumber: client.number });
        expect(call.clickToCall).toMatchObject({ clientWasCalled: true });
      });

      it.each([
        ['by REFER', 'refer'],
        ['by keys', 'keys'],
      ])('hands a client on blindly, %s', async (_, way) => {
        const [call] = await callsWhile(pbx, async () => {
          const { outside, taken } = await talk(pbx, client, dids.direct, '101');
          await (way === 'keys' ? taken.press('##103#') : taken.transfer('103'));
          const [rings] = await ringing(pbx, '103');
          await rings.answer();
          await rings.hears(outside);
          await outside.hangUp();
        });
        expect(call).toMatchObject({ result: 'answered', lastTalker: '103', doubts: [] });
        expect(call.transfers).toMatchObject([{ kind: 'blind', from: '101', to: '103', answered: true }]);
      });

      it.each([
        ['with two calls in one phone', 'phone'],
        ['by keys', 'keys'],
      ])('asks a colleague and hands the client on, %s', async (_, way) => {
        const [call] = await callsWhile(pbx, async () => {
          const { outside, taken } = await talk(pbx, client, dids.direct, '101');
          const consultation = way === 'phone' ? pbx.phone('101').call('102') : taken;
          await (way === 'phone' ? taken.hold() : taken.press('*2102#'));
          const [rings] = await ringing(pbx, '102');
          await rings.answer();
          await consultation.hears(rings);
          await (way === 'phone' ? taken.transferTo(consultation) : taken.hangUp());
          await outside.hears(rings);
          await outside.hangUp();
          await rings.ended;
        });
        expect(call).toMatchObject({ direction: 'inbound', result: 'answered', lastTalker: '102', doubts: [] });
        expect(call.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '102', answered: true }]);
      });
    });
  },
);
