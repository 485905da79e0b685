import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Server } from 'ssh2';
import { servers } from '../../../tests/rig/servers.ts';
import { startSshd, type TestSshd } from '../../../tests/rig/sshd.ts';
import { openSftp } from './sftp.ts';

jest.setTimeout(30_000);

const onSshd = servers.sshd === undefined ? describe.skip : describe;

onSshd("recordings on OpenSSH's server", () => {
  let sshd: TestSshd;
  let home: string;
  const opened: ReturnType<typeof openSftp>[] = [];
  beforeAll(async () => {
    sshd = await startSshd();
    home = mkdtempSync(join(tmpdir(), 'ringflow-sftp-'));
    mkdirSync(join(home, 'monitor/2026'), { recursive: true });
    mkdirSync(join(home, 'monitor-old'));
    writeFileSync(join(home, 'monitor/2026/a.wav'), '0123456789'.repeat(20_000));
    writeFileSync(join(home, 'monitor-old/secret.wav'), 'not for you');
    symlinkSync('2026/a.wav', join(home, 'monitor/inside.wav'));
    symlinkSync('../monitor-old/secret.wav', join(home, 'monitor/outside.wav'));
    symlinkSync('/etc/passwd', join(home, 'monitor/whole.wav'));
    symlinkSync('../monitor-old', join(home, 'monitor/elsewhere'));
    symlinkSync('monitor', join(home, 'mounted'));
  });
  afterAll(async () => {
    for (const source of opened) source.close();
    await sshd?.stop();
    rmSync(home, { recursive: true });
  });
  const open = (
    changes: Partial<Parameters<typeof openSftp>[0]> = {},
    secret: string | undefined = sshd.privateKey,
  ) => {
    const { port, user, hostKey } = sshd;
    const place = { kind: 'sftp' as const, host: '127.0.0.1', port, user, hostKey, pbxFolder: null };
    const source = openSftp({ ...place, folder: join(home, 'monitor'), ...changes }, secret);
    opened.push(source);
    return source;
  };

  it('are found, and read in parts', async () => {
    const source = open({ folder: join(home, 'mounted') });
    await source.reach();
    const found = await source.find(['gone.wav', '2026/a.wav']);
    expect(found).toMatchObject({ path: '2026/a.wav', sizeBytes: 200_000 });
    if (!found) return;
    expect((await buffer(await source.read(found, { start: 3, end: 5 }))).toString()).toBe('345');
    expect(await buffer(await source.read(found, { start: 0, end: 199_999 }))).toHaveLength(200_000);
    expect((await source.find(['inside.wav']))?.sizeBytes).toBe(200_000);
  });

  it.each(['outside.wav', 'whole.wav', 'elsewhere/secret.wav', '../monitor-old/secret.wav', '2026', ''])(
    '%j is not there',
    async (path) => expect(await open().find([path])).toBeUndefined(),
  );

  it('what leads elsewhere since it was found is not read', async () => {
    writeFileSync(join(home, 'monitor/b.wav'), '0123');
    const source = open();
    const found = await source.find(['b.wav']);
    renameSync(join(home, 'monitor/b.wav'), join(home, 'b.wav'));
    symlinkSync('/etc/passwd', join(home, 'monitor/b.wav'));
    if (!found) throw new Error('it was not found');
    await expect(source.read(found, { start: 0, end: 3 })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('the connection is made anew when it was lost', async () => {
    const source = open();
    await source.reach();
    source.close();
    expect((await source.find(['2026/a.wav']))?.sizeBytes).toBe(200_000);
  });

  it('says what is wrong', async () => {
    await expect(open({ folder: '/nowhere' }).reach()).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(open({ user: 'nobody-here' }).reach()).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(open({}, 'a password').reach()).rejects.toMatchObject({ code: 'REFUSED' });
    const broken = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n';
    await expect(open({}, broken).reach()).rejects.toMatchObject({ code: 'PRIVATE_KEY' });
    await expect(open({ port: 1 }).reach()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([null, `SHA256:${'A'.repeat(43)}`])('tells the key of a server that is not known by %j', async (hostKey) => {
    await expect(open({ hostKey }).reach()).rejects.toMatchObject({ code: 'HOST_KEY', value: sshd.hostKey });
  });
});

/** What OpenSSH can't be brought to here: passwords that it takes. */
it('a password goes to the server that was named, and to no other', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const hostKeys = [privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()];
  const heard: string[] = [];
  const server = new Server({ hostKeys }, (client) => {
    client
      .on('error', () => undefined)
      .on('authentication', (context) => {
        if (context.method === 'password') heard.push(context.password);
        context.reject(['password']);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const place = { kind: 'sftp' as const, host: '127.0.0.1', port, user: 'ringflow', folder: '/', pbxFolder: null };
  const told = await openSftp({ ...place, hostKey: null }, 'a-password')
    .reach()
    .catch((error) => error);
  expect([told.code, heard]).toEqual(['HOST_KEY', []]);
  const known = openSftp({ ...place, hostKey: told.value }, 'a-password').reach();
  await expect(known).rejects.toMatchObject({ code: 'REFUSED' });
  expect(heard).toEqual(['a-password']);
  await new Promise((resolve) => server.close(resolve));
});
