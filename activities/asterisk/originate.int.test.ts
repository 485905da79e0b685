import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { OriginateRequest } from '../../proto/originate.ts';
import { startAsterisk, type TestAsterisk } from '../../tests/rig/asterisk.ts';
import { AmiLink } from './ami/link.ts';
import { createPbxActivities } from './originate.ts';

jest.setTimeout(60_000);

/** Calls on a real Asterisk without phones: extensions of the dialplan behave as phones do. */

const dialplan = `[phones]
exten => 201,1,Answer()
same => n,Wait(60)
exten => 202,1,Ringing()
same => n,Wait(60)
exten => 203,1,Busy(1)
exten => 204,1,Congestion(1)
[clients]
exten => 84951234567,1,Log(NOTICE,client \${CALLERID(num)} \${CALLERID(name)} \${CHANNEL(uniqueid)} \${CHANNEL(linkedid)} \${RINGFLOW_CALL} \${PLACE})
same => n,Wait(60)
`;
/** @param port of the phone 102, which answers all calls at once; 101 is not registered */
const pjsip = (port: number) => `[transport]
type = transport
protocol = udp
bind = 127.0.0.1:0
[101]
type = endpoint
context = clients
aors = 101
disallow = all
allow = ulaw
[101]
type = aor
max_contacts = 1
[102]
type = endpoint
context = clients
aors = 102
disallow = all
allow = ulaw
[102]
type = aor
contact = sip:102@127.0.0.1:${port}
`;
const modules =
  `res_sorcery_config res_sorcery_memory res_sorcery_astdb res_pjproject res_pjsip res_pjsip_session res_pjsip_pubsub chan_pjsip
  res_rtp_asterisk res_pjsip_sdp_rtp codec_ulaw app_verbose func_callerid func_channel`.split(/\s+/);

/** A phone that refuses all calls in the same words. */
class RefusingPhone {
  status = '';
  readonly #socket = createSocket('udp4').on('message', (message, { port, address }) => {
    const [request = '', ...lines] = message.toString().split('\r\n');
    if (!request.startsWith('INVITE')) return;
    const headers = lines.filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
    const answered = headers.map((line) => (/^To:/i.test(line) ? `${line};tag=phone` : line)).join('\r\n');
    this.#socket.send(`SIP/2.0 ${this.status}\r\n${answered}\r\nContent-Length: 0\r\n\r\n`, port, address);
  });

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#socket.bind(0, '127.0.0.1', resolve));
    return this.#socket.address().port;
  }

  close(): void {
    this.#socket.close();
  }
}

const phone = new RefusingPhone();
let asterisk: TestAsterisk;
let link: AmiLink;

beforeAll(async () => {
  asterisk = await startAsterisk({
    'extensions.conf': dialplan,
    'pjsip.conf': pjsip(await phone.listen()),
    'modules.conf': modules.map((module) => `load = ${module}.so`).join('\n'),
    'manager.conf': `[ringflow]\nsecret = word\nread = call,agent,dialplan\nwrite = call,originate,reporting\n
[poor]\nsecret = word\nread = call\nwrite = reporting\n`,
  });
  link = await linkAs('ringflow');
  expect(await link.ask('Getvar', { Variable: 'IFMODULE(chan_pjsip.so)' })).toMatchObject({ Value: '1' });
});
afterAll(async () => {
  phone.close();
  await link?.close();
  await asterisk?.stop();
});

async function linkAs(user: string): Promise<AmiLink> {
  const made = new AmiLink({ host: '127.0.0.1', port: asterisk.amiPort, user, secret: 'word' });
  while (made.standing.state !== 'up') await once(made, 'standing');
  return made;
}

let made = 0;
function request(channel: string, changes: Partial<OriginateRequest> = {}): OriginateRequest {
  made += 2;
  return {
    ...{ pbxId: 'main', channelId: `${Math.floor(Date.now() / 1000)}.${700_000_000 + made}`, channel },
    ...{ context: 'clients', exten: '84951234567', callerNumber: '+74951234567', ringMs: 10_000, variables: {} },
    ...changes,
  };
}

const environment = new MockActivityEnvironment(
  { currentAttemptScheduledTimestampMs: Date.now() + 600_000 },
  { logger: new DefaultLogger('ERROR') },
);
const originate = (asked: OriginateRequest, by = link) => environment.run(createPbxActivities(by).originate, asked);
const outcome = ({ pbxId, channelId }: OriginateRequest, waitMs = 20_000) =>
  environment.run(createPbxActivities(link).originateOutcome, { pbxId, channelId, waitMs });
const isThere = ({ pbxId, channelId }: OriginateRequest) =>
  environment.run(createPbxActivities(link).channelIsThere, { pbxId, channelId });

async function isGone(asked: OriginateRequest): Promise<void> {
  while (await isThere(asked)) await new Promise((resolve) => setTimeout(resolve, 20));
}

it('rings the first phone and leads whoever answers on, with the ids, names and variables that were given', async () => {
  const variables = { RINGFLOW_CALL: 'click-7', PLACE: 'Москва; ул. 9', __PICKUPMARK: '1' };
  const asked = request('Local/201@phones/n', { callerName: "ООО 'Ромашка' & Co", variables });
  await originate(asked);
  expect(await outcome(asked)).toEqual({ answered: true });
  expect(await isThere(asked)).toBe(true);
  const { channelId } = asked;
  const shown = `client +74951234567 ООО 'Ромашка' & Co ${channelId} ${channelId} click-7 Москва; ул. 9`;
  while (!asterisk.log().includes(shown)) await new Promise((resolve) => setTimeout(resolve, 20));
  const own = link.channels.all().filter(({ linkedid }) => linkedid === channelId);
  expect(own.map(({ name }) => name.replace(/-.*;/, ';')).sort()).toEqual(['Local/201@phones;1', 'Local/201@phones;2']);
  await link.ask('Hangup', { Channel: own[0]?.name ?? '' });
  await isGone(asked);
});

it.each([
  ['nobody answers', 'Local/202@phones', { ringMs: 1_000 }, 'no-answer'],
  ['the phone is busy', 'Local/203@phones', {}, 'busy'],
  ['no line is free', 'Local/204@phones', {}, 'congested'],
  ['the phone is not registered', 'PJSIP/101', {}, 'unreachable'],
  ['there is no such phone', 'PJSIP/109', {}, 'unreachable'],
  ['there is no such extension', 'Local/999@phones', {}, 'unreachable'],
])('tells that %s', async (_, channel, changes, reason) => {
  const asked = request(channel, changes);
  await originate(asked);
  expect(await outcome(asked)).toEqual({ answered: false, reason });
  await isGone(asked);
});

it.each([
  ['486 Busy Here', 'busy'],
  ['603 Decline', 'no-answer'],
  ['480 Temporarily Unavailable', 'no-answer'],
  ['404 Not Found', 'unreachable'],
  ['503 Service Unavailable', 'congested'],
])('tells what a phone says: %s', async (status, reason) => {
  phone.status = status;
  const asked = request('PJSIP/102');
  await originate(asked);
  expect(await outcome(asked)).toEqual({ answered: false, reason });
});

it('tells what Asterisk refuses in its words', async () => {
  const poor = await linkAs('poor');
  await expect(originate(request('Local/201@phones'), poor)).rejects.toMatchObject({
    ...{ type: 'OriginateRefused', nonRetryable: true, message: 'Permission denied' },
  });
  await poor.close();
});

it('of a call that was never made nothing is known', async () => {
  expect(await outcome(request('PJSIP/101'), 10)).toEqual({ answered: false, reason: 'unknown' });
});
