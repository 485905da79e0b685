import { once } from 'node:events';
import { freePort } from '../../../bin/stack/free-port.ts';
import { type AmiServer, listChannels, startAmiServer } from '../../../tests/rig/ami-server.ts';
import { AmiError } from './error.ts';
import { AmiAway, AmiLink } from './link.ts';

const quick = {
  ...{ greetingMs: 300, signInMs: 300, answerMs: 300, pingEveryMs: 50, unansweredWantedMs: 300 },
  ...{ firstPauseMs: 5, longestPauseMs: 20, firstRefusedPauseMs: 5, longestRefusedPauseMs: 20 },
};

/** Where nothing hangs on somebody's silence: a busy machine is not silent. */
const patient = { ...quick, greetingMs: 5_000, signInMs: 5_000, answerMs: 5_000 };

const links: AmiLink[] = [];
const servers: AmiServer[] = [];
afterEach(async () => {
  await Promise.all(links.splice(0).map((link) => link.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function startServer(greeting?: string): Promise<AmiServer> {
  const server = await startAmiServer(greeting);
  servers.push(server);
  return server;
}

function linkTo({ access }: Pick<AmiServer, 'access'>, patience = quick): AmiLink {
  const link = new AmiLink(access, patience);
  links.push(link);
  return link;
}

async function isIn(link: AmiLink, state: string): Promise<void> {
  while (link.standing.state !== state) await once(link, 'standing');
}

async function connected(server: AmiServer, patience = quick): Promise<AmiLink> {
  const link = linkTo(server, patience);
  await isIn(link, 'up');
  return link;
}

const channel = (n: number, state = 'Ring', linkedid = n) =>
  `Channel: PJSIP/10${n}-0000000${n}\nChannelStateDesc: ${state}\nUniqueid: 1700000000.${n}\nLinkedid: 1700000000.${linkedid}`;
const say = (server: AmiServer, text: string) => {
  for (const peer of server.peers) peer.say(text);
};
/** Until all that was said before has been heard. */
const heard = (link: AmiLink) => link.ask('Ping');

describe('the channels of a PBX', () => {
  it('are those of the list, and then as events say', async () => {
    const server = await startServer();
    server.on.CoreShowChannels = (action, peer) => listChannels(action, peer, [channel(1), channel(2, 'Up', 1)]);
    const link = await connected(server);
    expect(link.channels.all()).toEqual([
      { uniqueid: '1700000000.1', linkedid: '1700000000.1', name: 'PJSIP/101-00000001', state: 'Ring' },
      { uniqueid: '1700000000.2', linkedid: '1700000000.1', name: 'PJSIP/102-00000002', state: 'Up' },
    ]);
    const began: string[] = [];
    link.on('channel', ({ uniqueid }) => began.push(uniqueid));
    say(server, `Event: Newchannel\n${channel(3, 'Down')}\n\nEvent: Newstate\n${channel(1, 'Up')}\n\n`);
    say(server, `Event: BridgeEnter\n${channel(3, 'Up', 1)}\n\nEvent: Hangup\n${channel(2)}\n\n`);
    say(server, `Event: Rename\n${channel(1, 'Up')}\nNewname: PJSIP/109-00000001\n\n`);
    say(server, `Event: Newstate\n${channel(4)}\n\nEvent: Newstate\nChannelStateDesc: Up\n\n`); // of nothing that is known
    await heard(link);
    expect(link.channels.all().map(({ uniqueid, linkedid, name, state }) => [uniqueid, linkedid, name, state])).toEqual(
      [
        ['1700000000.1', '1700000000.1', 'PJSIP/109-00000001', 'Up'],
        ['1700000000.3', '1700000000.1', 'PJSIP/103-00000003', 'Up'],
      ],
    );
    expect(began).toEqual(['1700000000.3']);
  });

  it('one that comes or goes while they are listed is not lost, nor left', async () => {
    const server = await startServer();
    server.on.CoreShowChannels = (action, peer) => {
      peer.say(`Event: Newchannel\n${channel(3)}\n\nEvent: Hangup\n${channel(1)}\n\n`);
      listChannels(action, peer, [channel(1), channel(2)]);
    };
    const link = await connected(server);
    expect(
      link.channels
        .all()
        .map(({ uniqueid }) => uniqueid)
        .sort(),
    ).toEqual(['1700000000.2', '1700000000.3']);
  });

  it('come from the list although events are lost in the chunk of the sign-in', async () => {
    const server = await startServer();
    server.on.login = (action, peer) => peer.answer(action, `\nEvent: Newchannel\n${channel(1)}\n\nEvent: Hang`);
    server.on.Events = (action, peer) => {
      peer.say(`up\n${channel(2)}\n\n`);
      peer.answer(action);
    };
    server.on.CoreShowChannels = (action, peer) => listChannels(action, peer, [channel(1)]);
    const link = await connected(server);
    expect(link.channels.has('1700000000.1')).toBe(true);
  });

  it('are told to be in part where they may not be listed', async () => {
    const server = await startServer();
    server.on.CoreShowChannels = ({ ActionID }, peer) =>
      peer.say(`Response: Error\nActionID: ${ActionID}\nMessage: Permission denied\n\n`);
    const link = await connected(server);
    expect(link.channels.isWhole).toBe(false);
    say(server, `Event: Newchannel\n${channel(3)}\n\n`);
    await heard(link);
    expect(link.channels.has('1700000000.3')).toBe(true);
  });
});

describe('answers', () => {
  it('find their questions in any order, in one chunk and in pieces', async () => {
    const server = await startServer();
    const link = await connected(server);
    const asked: string[] = [];
    server.on.Getvar = (action, peer) => {
      asked.push(`Response: Success\nActionID: ${action.ActionID}\nValue: ${action.Variable}\n\n`);
      if (asked.length < 3) return;
      const [first = '', second = '', third = ''] = asked;
      peer.say(third + second + first.slice(0, 30));
      setImmediate(() => peer.say(first.slice(30)));
    };
    const answers = await Promise.all(['one', 'two', 'three'].map((Variable) => link.ask('Getvar', { Variable })));
    expect(answers.map(({ Value }) => Value)).toEqual(['one', 'two', 'three']);
  });

  it('may be refusals', async () => {
    const server = await startServer();
    server.on.Originate = ({ ActionID }, peer) =>
      peer.say(`Response: Error\nActionID: ${ActionID}\nMessage: Extension does not exist.\n\n`);
    const link = await connected(server);
    expect(await link.ask('Originate')).toMatchObject({ Response: 'Error', Message: 'Extension does not exist.' });
  });

  it('that do not come are told, and the link stays if the other side lives', async () => {
    const server = await startServer();
    const link = await connected(server);
    await expect(link.ask('Originate')).rejects.toThrow(AmiError);
    expect(link.standing.state).toBe('up');
  });

  it('are not waited for where a value would make a header of its own, and nothing is sent', async () => {
    const server = await startServer();
    const link = await connected(server);
    const before = server.actions.length;
    for (const value of ['1\r\nAction: Originate', '1\n', 'a\u0000', 'x'.repeat(5_000)]) {
      await expect(link.ask('Originate', { Exten: value })).rejects.toThrow(TypeError);
      await expect(link.ask('Originate', { Variable: ['a=1', value] })).rejects.toThrow(TypeError);
    }
    await heard(link);
    expect(server.actions.slice(before).filter(({ Action }) => Action !== 'Ping')).toEqual([]);
    expect(() => new AmiLink({ ...server.access, secret: 'a\r\nAction: Logoff' })).toThrow(TypeError);
  });
});

describe('trouble', () => {
  it('a peer that goes mute is left, and found again', async () => {
    const server = await startServer();
    const { Ping: pong = () => undefined } = server.on;
    server.on.Ping = () => undefined;
    const link = await connected(server);
    const [old] = server.peers;
    await isIn(link, 'down');
    expect(link.standing).toMatchObject({ state: 'down', kind: 'broken' });
    server.on.Ping = pong;
    await isIn(link, 'up');
    expect(server.peers.has(old as never)).toBe(false);
  });

  it('a connection that drops in mid-action: what was asked is uncertain, what is asked later was not sent', async () => {
    const server = await startServer();
    const link = await connected(server);
    server.on.Originate = (_, peer) => peer.drop();
    const { login = () => undefined } = server.on;
    server.on.login = (_, peer) => peer.drop();
    await expect(link.ask('Originate')).rejects.toThrow(AmiError);
    await expect(link.ask('Originate')).rejects.toThrow(AmiAway);
    await isIn(link, 'down');
    const since = link.standing.sinceMs;
    await server.next('login');
    await once(link, 'standing');
    expect(link.standing).toMatchObject({ state: 'down', kind: 'broken', sinceMs: since });
    server.on.login = login;
    await isIn(link, 'up');
    expect(server.actions.filter(({ Action }) => Action === 'Originate')).toHaveLength(1);
  });

  it('an order that nobody answers is called back, and a call that comes of it much later ends before it rings for nobody', async () => {
    const server = await startServer();
    const link = await connected(server);
    const [peer] = server.peers;
    server.on.Originate = () => undefined;
    const { CoreShowChannels: none = () => undefined } = server.on;
    const listed = (n: number, state: string, duration: string) => `${channel(n, state)}\nDuration: ${duration}`;
    server.on.CoreShowChannels = (action, one) =>
      listChannels(action, one, [listed(1, 'Ringing', '00:00:00'), listed(2, 'Ringing', '00:00:09')]);
    const orders = [1, 2, 3, 4].map((n) => link.originate(`1700000000.${n}`, { Channel: `PJSIP/10${n}` }));
    const hungUp = server.next('Hangup');
    for (const order of orders) await expect(order).rejects.toThrow(AmiError);
    expect(await peer?.ended).toMatchObject({ code: 'ECONNRESET' }); // what was on its way is thrown away
    await isIn(link, 'up');
    expect(await hungUp).toMatchObject({ Channel: 'PJSIP/101-00000001' }); // the other one was made in time
    server.on.CoreShowChannels = none;
    say(server, `Event: Newchannel\n${channel(3, 'Up')}\n\nEvent: Newchannel\n${channel(5, 'Down')}\n\n`);
    const late = server.next('Hangup');
    say(server, `Event: Newchannel\n${channel(4, 'Down')}\n\n`);
    expect(await late).toMatchObject({ Channel: 'PJSIP/104-00000004' });
    expect(server.actions.filter(({ Action }) => Action === 'Hangup')).toHaveLength(2);
  });

  it('a message without an end is not taken in for ever', async () => {
    const server = await startServer();
    const link = await connected(server);
    say(server, `Event: Newchannel\nChannel: ${'x'.repeat(900_000)}\n\n`);
    await heard(link);
    const { Ping: pong = () => undefined } = server.on;
    server.on.Ping = (action, peer) => {
      peer.say('x'.repeat(1_100_000));
      pong(action, peer);
    };
    await isIn(link, 'down');
    server.on.Ping = pong;
    await isIn(link, 'up');
  });

  it('a refused sign-in is told, and tried again until it is allowed', async () => {
    const server = await startServer();
    const { login = () => undefined } = server.on;
    server.on.login = ({ ActionID }, peer) =>
      peer.say(`Response: Error\nActionID: ${ActionID}\nMessage: Authentication failed\n\n`);
    const link = linkTo(server);
    expect(link.standing.state).toBe('connecting');
    await isIn(link, 'down');
    expect(link.standing).toMatchObject({ kind: 'refused' });
    server.on.login = login;
    await isIn(link, 'up');
  });

  it('a sign-in that nobody answers is broken', async () => {
    const server = await startServer();
    server.on.login = () => undefined;
    const link = linkTo(server);
    await isIn(link, 'down');
    expect(link.standing).toMatchObject({ kind: 'broken' });
  });

  it('no secret goes to something else, nor to nobody', async () => {
    const server = await startServer('SSH-2.0-OpenSSH_9.2\n');
    const [other, nobody] = [linkTo(server), linkTo({ access: { ...server.access, port: await freePort() } })];
    await Promise.all([isIn(other, 'down'), isIn(nobody, 'down')]);
    expect(other.standing).toMatchObject({ kind: 'not-ami', said: 'SSH-2.0-OpenSSH_9.2' });
    expect(nobody.standing).toMatchObject({ kind: 'unreachable', code: 'ECONNREFUSED' });
    expect(server.actions).toEqual([]);
  });

  it('garbage is passed over', async () => {
    const server = await startServer();
    const link = await connected(server);
    say(
      server,
      'Event: error\n\nEvent: disconnect\n\n\n\n\n: : \n\nResponse\n\nEvent\n\nResponse: Follows\n\n--END COMMAND--\n\n',
    );
    say(
      server,
      `Event: Newchannel\n__proto__: x\n\nEvent: Hangup\nUniqueid: constructor\n\n${'\u0000\u001b[31m'.repeat(99)}\n\n`,
    );
    say(server, `Event: Newchannel\n${channel(1)}\n\n`);
    await heard(link);
    expect(link.channels.all()).toHaveLength(1);
    expect(link.standing.state).toBe('up');
  });
});

describe('closing', () => {
  it('may come at any time and again, and leaves no connection', async () => {
    const server = await startServer();
    const link = await connected(server);
    const pending = link.ask('Originate').catch((error) => error);
    const signingIn = server.next('login');
    const second = linkTo(server);
    await signingIn;
    await Promise.all([link.close(), link.close(), second.close()]);
    await link.close();
    expect(await pending).toBeInstanceOf(AmiError);
    await expect(link.ask('Ping')).rejects.toThrow(AmiAway);
    while (server.peers.size > 0) await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('what becomes of an Originate', () => {
  const id = '1700000000.77';
  const response = (rest: string, of = `originate:${id}`) =>
    `Event: OriginateResponse\nActionID: ${of}\nUniqueid: <unknown>\n${rest}\n\n`;
  const failed = response('Response: Failure\nReason: 0');
  const began = `Event: Newchannel\nChannel: PJSIP/101-1\nUniqueid: ${id}\n\n`;
  const hangup = (cause: number) => `Event: Hangup\nChannel: PJSIP/101-1\nUniqueid: ${id}\nCause: ${cause}\n\n`;

  /** @returns a link that has asked for the call */
  async function asked(server: AmiServer): Promise<AmiLink> {
    server.on.Originate = (action, peer) => peer.answer(action, 'Message: Originate successfully queued');
    const link = await connected(server, patient);
    await link.originate(id, { Channel: 'PJSIP/101' });
    return link;
  }

  it.each<[string, string, object]>([
    ['somebody answers', began + response('Response: Success\nReason: 4'), { answered: true }],
    ['time is over', began + response('Response: Failure\nReason: 3'), { answered: false, reason: 'no-answer' }],
    ['a phone is busy', began + failed + hangup(17), { answered: false, reason: 'busy' }],
    ['the end of the channel is told first', began + hangup(21) + failed, { answered: false, reason: 'no-answer' }],
    ['no channel came about', failed, { answered: false, reason: 'unreachable' }],
    ['the cause is strange', began + failed + hangup(99), { answered: false, reason: 'unknown' }],
  ])('is told if %s, to whoever asks, soon or late', async (_, events, outcome) => {
    const server = await startServer();
    const link = await asked(server);
    const soon = link.outcomes.of(id, new AbortController().signal);
    say(server, events);
    expect(await soon).toEqual(outcome);
    expect(await link.outcomes.of(id, AbortSignal.abort())).toEqual(outcome);
  });

  it('is not told by events of others', async () => {
    const server = await startServer();
    const link = await asked(server);
    const isOver = new AbortController();
    const outcome = link.outcomes.of(id, isOver.signal);
    say(
      server,
      response('Response: Success\nReason: 4', id) + response('Response: Success\nReason: 4', 'originate:1.1'),
    );
    say(server, hangup(16).replaceAll('.77', '.78'));
    await heard(link);
    isOver.abort();
    expect(await outcome).toBeUndefined();
  });
});
