import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../bin/stack/free-port.ts';
import { servers } from './servers.ts';

/** OpenSSH's own server on a port of this machine, for whoever runs the tests; they sign in by a key. */
export interface TestSshd {
  port: number;
  user: string;
  /** Of the only user who may come. */
  privateKey: string;
  /** As `ssh-keygen -l` writes it. */
  hostKey: string;
  stop(): Promise<void>;
}

export async function startSshd(): Promise<TestSshd> {
  const folder = mkdtempSync(join(servers.stateFolder, 'sshd-'));
  const [host, own] = [join(folder, 'host'), join(folder, 'own')];
  for (const key of [host, own]) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const port = await freePort();
  const user = userInfo().username;
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true }); // root's server wants it
  const settings = [
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${host}`, `PidFile ${folder}/pid`, `AllowUsers ${user}`],
    ...[`AuthorizedKeysFile ${own}.pub`, 'PasswordAuthentication no', 'StrictModes no', 'UsePAM no'],
    ...['PermitRootLogin prohibit-password', 'Subsystem sftp internal-sftp'],
  ];
  writeFileSync(join(folder, 'sshd_config'), `${settings.join('\n')}\n`);
  const server = spawn(String(servers.sshd), ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: 'ignore' });
  while (!(await answers(port))) if (server.exitCode !== null) throw new Error('sshd has ended');
  const told = execFileSync('ssh-keygen', ['-lf', `${host}.pub`]).toString();
  return {
    ...{ port, user, privateKey: readFileSync(own, 'utf8'), hostKey: String(told.split(' ')[1]) },
    async stop() {
      if (server.exitCode === null) {
        server.kill();
        await once(server, 'exit');
      }
      rmSync(folder, { recursive: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port });
  try {
    return String((await once(socket, 'data'))[0]).startsWith('SSH-');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
