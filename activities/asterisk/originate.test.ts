import { once } from 'node:events';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { asCallerName, type OriginateRequest } from '../../proto/originate.ts';
import { type AmiServer, startAmiServer } from '../../tests/rig/ami-server.ts';
import { AmiLink } from './ami/link.ts';
import { createPbxActivities } from './originate.ts';

const patience = {
  ...{ greetingMs: 300, signInMs: 300, answerMs: 300, pingEveryMs: 10_000, unansweredWantedMs: 1_000 },
  ...{ firstPauseMs: 5, longestPauseMs: 20, firstRefusedPauseMs: 5, longestRefusedPauseMs: 20 },
};
const request: OriginateRequest = {
  ...{ pbxId: 'main', channelId: '1700000000.5', channel: 'PJSIP/101', context: 'from-internal', exten: '89161234567' },
  ...{ callerNumber: '+79161234567', ringMs: 20_000, variables: {} },
};

let server: AmiServer;
let link: AmiLink;
beforeEach(async () => {
  server = await startAmiServer();
  link = new AmiLink(server.access, patience);
  await once(link, 'standing');
});
afterEach(async () => {
  await link.close();
  await server.close();
});

const environment = new MockActivityEnvironment(
  { currentAttemptScheduledTimestampMs: Date.now() + 600_000 },
  { logger: new DefaultLogger('ERROR') },
);
const originate = (asked: unknown) => environment.run(createPbxActivities(link).originate, asked as OriginateRequest);

it('a name that people have given can be shown on a phone', async () => {
  const asked = server.next('Originate');
  server.on.Originate = (action, peer) => peer.answer(action);
  const callerName = asCallerName('  ООО "Ромашка"\r\n<\u0024{x}\\> & Co '.padEnd(200, 'я'));
  await originate({ ...request, ...(callerName && { callerName }) });
  expect((await asked).CallerID).toMatch(/^"ООО Ромашка x & Co я+" <\+79161234567>$/);
  expect(asCallerName(' "" ')).toBeUndefined();
});

it('says to Asterisk what was asked for', async () => {
  server.on.Originate = (action, peer) => peer.answer(action, 'Message: Originate successfully queued');
  const variables = { 'PJSIP_HEADER(add,Call-Info)': '<sip:pbx>;answer-after=0' };
  const asked = server.next('Originate');
  await originate({ ...request, callerName: 'Анна', variables });
  expect(await asked).toEqual({
    ...{ Action: 'Originate', ActionID: 'originate:1700000000.5', Channel: 'PJSIP/101', Context: 'from-internal' },
    ...{ Exten: '89161234567', Priority: '1', Async: 'true', Timeout: '20000', ChannelId: '1700000000.5' },
    ...{ CallerID: '"Анна" <+79161234567>', Variable: 'PJSIP_HEADER(add,Call-Info)=<sip:pbx>;answer-after=0' },
  });
});

describe('of what might be more than was meant nothing is sent:', () => {
  const long = '1'.repeat(5_000);
  it.each<[string, object]>([
    ['a line break in the number', { exten: '8916\r\nAction: Command' }],
    ['a line break at the end', { exten: '89161234567\n' }],
    ['an endless number', { exten: long, callerNumber: long }],
    ['several destinations', { exten: '101&102' }],
    ['letters', { exten: 's' }],
    ['an expression of the dialplan', { exten: '\u0024{SHELL(id)}' }],
    ['two devices', { channel: 'PJSIP/101&PJSIP/102' }],
    ['a device at a trunk', { channel: 'PJSIP/101@trunk' }],
    ['a SIP address', { channel: 'PJSIP/trunk/sip:8809@evil.example' }],
    ['a channel that runs something', { channel: 'Local/1@a/n\r\nApplication: System' }],
    ['a context that is none', { context: 'from-internal,1' }],
    ['a caller with a second header', { callerName: 'Anna\r\nVariable: X=1' }],
    ['a caller in quotes', { callerName: 'Anna" <100>' }],
    ['a number that is none', { callerNumber: '<100>' }],
    ['a variable with a comma', { variables: { ONE: '1,TWO=2' } }],
    ['a variable with a quote', { variables: { ONE: '"' } }],
    ['a variable that is evaluated', { variables: { ONE: '\u0024{SHELL(id)}' } }],
    ['a function that writes elsewhere', { variables: { 'SHELL(id)': '1' } }],
    ['a variable with a line break', { variables: { ONE: '1\nApplication: System' } }],
    ['a name with a line break', { variables: { 'ONE\n': '1' } }],
    ['a channel that is named otherwise', { channelId: '1700000000.5\r\nX: y' }],
    ['a phone that rings for ever', { ringMs: 1e9 }],
    ['something that is not known', { Application: 'System' }],
  ])('%s', async (_, changes) => {
    await expect(originate({ ...request, ...changes })).rejects.toMatchObject({
      ...{ type: 'OriginateInvalid', nonRetryable: true },
    });
    await link.ask('Ping');
    expect(server.actions.map(({ Action }) => Action)).not.toContain('Originate');
  });
});

it('nothing is sent while the PBX is away', async () => {
  for (const peer of server.peers) peer.drop();
  await once(link, 'standing');
  await expect(originate(request)).rejects.toMatchObject({ type: 'PbxAway', nonRetryable: true });
  expect(server.actions.map(({ Action }) => Action)).not.toContain('Originate');
});

it.each<[string, AmiServer['on'][string]]>([
  ['the connection breaks', (_, peer) => peer.drop()],
  ['no answer comes', () => undefined],
])('it is uncertain what became of the call if %s after it was sent', async (_, behave) => {
  server.on.Originate = behave;
  await expect(originate(request)).rejects.toMatchObject({ type: 'OriginateUncertain', nonRetryable: true });
});

it("Asterisk's refusal is told in its words, without what could harm a page", async () => {
  server.on.Originate = ({ ActionID }, peer) =>
    peer.say(`Response: Error\nActionID: ${ActionID}\nMessage: Not \u001b[31m allowed ${'!'.repeat(500)}\n\n`);
  await expect(originate(request)).rejects.toMatchObject({
    ...{ type: 'OriginateRefused', nonRetryable: true, message: `Not [31m allowed ${'!'.repeat(183)}` },
  });
});

it('a link that goes down while the outcome is waited for ends the waiting', async () => {
  const { originateOutcome } = createPbxActivities(link);
  const outcome = environment.run(originateOutcome, { pbxId: 'main', channelId: request.channelId, waitMs: 60_000 });
  for (const peer of server.peers) peer.drop();
  expect(await outcome).toEqual({ answered: false, reason: 'unknown' });
});
