import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../../bin/stack/free-port.ts';
import { startAsterisk, type TestAsterisk } from '../../../tests/rig/asterisk.ts';
import { checkAmi } from './ami.ts';

jest.setTimeout(60_000);

const states = (findings: Awaited<ReturnType<typeof checkAmi>>) =>
  findings.map(({ subject, finding }) => `${subject}: ${finding}`);
const quick = { greetingMs: 500, signInMs: 1_000, answerMs: 1_000 };

describe('the check of AMI, on a real Asterisk', () => {
  let asterisk: TestAsterisk;
  const user = (name: string, read: string, write: string) =>
    `[${name}]\nsecret = right-word\nread = ${read}\nwrite = ${write}\n`;

  beforeAll(async () => {
    asterisk = await startAsterisk({
      'manager.conf': [
        user('ringflow', 'call,agent,dialplan', 'call,originate,reporting'),
        user('poor', 'dialplan', 'system'),
        user('deaf', 'system', 'originate,call,reporting'),
        `${user('elsewhere', 'call', 'call,originate,reporting')}deny = 0.0.0.0/0.0.0.0\npermit = 192.0.2.1/255.255.255.255\n`,
      ].join('\n'),
    });
  });
  afterAll(() => asterisk?.stop());

  const check = (name: string, secret = 'right-word') =>
    checkAmi({ host: '127.0.0.1', port: asterisk.amiPort, user: name, secret });

  it('finds all well for a user with the rights that Ringflow needs', async () => {
    const findings = await check('ringflow');
    expect(states(findings)).toEqual([
      'ami: fine',
      'asterisk: fine',
      'ami-write: fine',
      'ami-read: fine',
      'curl: fine',
    ]);
    expect(findings[1]?.values.version).toMatch(/^(16|22)\./);
  });

  it('names the rights that are missing', async () => {
    const findings = await check('poor');
    expect(findings).toContainEqual({
      ...{ subject: 'ami-write', state: 'error', finding: 'lacks-rights' },
      values: { rights: 'originate, call' },
    });
  });

  it('tells that nothing of calls is heard', async () => {
    expect(states(await check('deaf'))).toContain('ami-read: hears-no-calls');
  });

  it.each([
    ['the secret is wrong', 'ringflow', 'wrong-word'],
    ['nobody has this name', 'nobody', 'right-word'],
    ['the user may come from elsewhere only', 'elsewhere', 'right-word'],
  ])('tells a refusal when %s, and no secret', async (_, name, secret) => {
    const findings = await check(name, secret);
    expect(findings).toEqual([{ subject: 'ami', state: 'error', finding: 'refused', values: { user: name } }]);
  });

  it('lets nothing of a line break pass', async () => {
    const injected = 'right-word\r\nAction: Originate';
    await expect(check('ringflow', injected)).rejects.toThrow('line break');
    expect(asterisk.log()).not.toContain('Originate');
  });
});

it("tells that an Asterisk without func_curl can't be asked over HTTP", async () => {
  const asterisk = await startAsterisk({
    'modules.conf': 'noload = func_curl.so',
    'manager.conf': '[ringflow]\nsecret = word\nread = call\nwrite = call,originate,reporting\n',
  });
  const access = { host: '127.0.0.1', port: asterisk.amiPort, user: 'ringflow', secret: 'word' };
  const findings = await checkAmi(access);
  await asterisk.stop();
  expect(findings.at(-1)).toMatchObject({ subject: 'curl', state: 'warning', finding: 'no-curl' });
});

/** What Asterisk can't be brought to: strict in its greeting, and then as bad as it is told to be. */
describe('the check of AMI, where something is wrong', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });

  async function listen(onConnection: (socket: Socket) => void) {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.resume()); // an end is heard only by who reads
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      onConnection(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    return {
      sockets,
      check: () => checkAmi({ host: '127.0.0.1', port, user: 'ringflow', secret: 'secret-word' }, quick),
    };
  }
  const greeting = 'Asterisk Call Manager/11.0.0\r\n';

  it('says that nobody listens', async () => {
    const access = { host: '127.0.0.1', port: await freePort(), user: 'ringflow', secret: 'secret-word' };
    expect(await checkAmi(access, quick)).toMatchObject([{ finding: 'unreachable', values: { code: 'ECONNREFUSED' } }]);
  });

  it('says that nothing is set, and asks nobody', async () => {
    expect(await checkAmi(undefined)).toMatchObject([{ state: 'ok', finding: 'not-set' }]);
  });

  it('says that what listens is silent', async () => {
    const { check } = await listen(() => undefined);
    expect(await check()).toMatchObject([{ finding: 'silent' }]);
  });

  it.each([
    ['another service', 'SSH-2.0-OpenSSH_9.2\r\n', 'SSH-2.0-OpenSSH_9.2'],
    [
      'garbage without an end',
      '\u0000\u001b[31m'.repeat(400),
      '[31m [31m [31m [31m [31m [31m [31m [31m [31m [31m [31m [31m ',
    ],
    ['a greeting in part', 'Asterisk Call', 'Asterisk Call'],
  ])('sends no secret to %s', async (_, words, said) => {
    let heard = '';
    const { check } = await listen((socket) => {
      socket.on('data', (chunk) => {
        heard += chunk;
      });
      socket.end(words);
    });
    expect(await check()).toMatchObject([{ finding: 'not-ami', values: { said: said.slice(0, 60) } }]);
    expect(heard).toBe('');
  });

  it.each<[string, (socket: Socket) => void]>([
    ['never answers the sign-in', () => undefined],
    ['hangs up after its greeting', (socket) => void socket.once('data', () => socket.destroy())],
    [
      'answers with garbage',
      (socket) => void socket.on('data', () => socket.write('\r\n\r\n: : \r\n\r\nResponse\r\n\r\n')),
    ],
    [
      'answers nothing after the sign-in',
      (socket) =>
        void socket.once('data', (chunk) => {
          const id = /ActionID: (.*)\r\n/i.exec(String(chunk))?.[1];
          socket.write(`Response: Success\r\nActionID: ${id}\r\nMessage: Authentication accepted\r\n\r\n`);
        }),
    ],
  ])('says that AMI is broken if it %s, and leaves no connection behind', async (_, behave) => {
    const { check, sockets } = await listen((socket) => {
      socket.write(greeting);
      behave(socket);
    });
    expect(await check()).toMatchObject([{ state: 'error', finding: 'broken' }]);
    while (sockets.size > 0) await new Promise((resolve) => setImmediate(resolve));
  });
});
