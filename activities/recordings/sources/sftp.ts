import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { Client, type ConnectConfig, type SFTPWrapper, type Stats } from 'ssh2';
import type { SourceOf } from '../../../proto/recordings/source.ts';
import { asSourceError, type RecordingSource, type SoundFile, SourceError } from './source.ts';

const readyMs = 10_000;
const answerMs = 10_000;
/** A connection that nobody uses is let go. */
const idleMs = 60_000;

/** Of the protocol: no such file. */
const noSuchFile = 2;
const permissionDenied = 3;

/** A folder of another machine, over ssh. Before its key is known to be the one that was named no secret is sent. */
export function openSftp(source: SourceOf<'sftp'>, secret: string | undefined): RecordingSource {
  let opened: Promise<SftpSession> | undefined;
  let idle: NodeJS.Timeout | undefined;
  const close = () => {
    clearTimeout(idle);
    void opened?.then(({ client }) => client.end()).catch(() => undefined);
    opened = undefined;
  };
  const session = (): Promise<SftpSession> => {
    if (!opened) {
      const fresh = connect(source, secret, () => {
        if (opened === fresh) opened = undefined;
      });
      opened = fresh;
    }
    clearTimeout(idle);
    idle = setTimeout(close, idleMs);
    idle.unref();
    return opened;
  };

  async function look(path: string): Promise<SoundFile | undefined> {
    const { sftp, root } = await session();
    const real = await inside(sftp, root, path);
    const seen = real === undefined ? undefined : await orAbsent(ask<Stats>(sftp, 'lstat', real));
    return seen?.isFile() ? { path, sizeBytes: seen.size, changedAtMs: seen.mtime * 1_000 } : undefined;
  }

  return {
    reach: async () => void (await session()),

    async find(paths) {
      for (const path of paths) {
        const found = await look(path);
        if (found) return found;
      }
      return undefined;
    },

    async read({ path }, range) {
      const { sftp, root } = await session();
      const real = await inside(sftp, root, path);
      if (real === undefined) throw new SourceError('ENOENT');
      return sftp.createReadStream(real, range);
    },

    close,
  };
}

interface SftpSession {
  client: Client;
  sftp: SFTPWrapper;
  /** The folder without symbolic links. */
  root: string;
}

async function connect(
  { host, port, user, folder, hostKey }: SourceOf<'sftp'>,
  secret: string | undefined,
  onEnd: () => void,
): Promise<SftpSession> {
  const client = new Client();
  let seenKey = '';
  const isKnown = (key: Buffer): boolean => {
    seenKey = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
    return seenKey === hostKey;
  };
  const isKey = secret?.startsWith('-----BEGIN ') === true;
  const how: ConnectConfig = {
    ...{ host, port, username: user, readyTimeout: readyMs, keepaliveInterval: 15_000, hostVerifier: isKnown },
    ...(secret !== undefined && (isKey ? { privateKey: secret } : { password: secret })),
  };
  try {
    await new Promise<void>((resolve, reject) => {
      client.on('ready', resolve).on('error', reject).on('close', onEnd).connect(how);
    });
    const sftp = await promisify(client.sftp.bind(client))();
    const root = await orAbsent(ask<string>(sftp, 'realpath', folder));
    if (root === undefined || !(await orAbsent(ask<Stats>(sftp, 'stat', root)))?.isDirectory()) {
      throw new SourceError('ENOENT');
    }
    return { client, sftp, root };
  } catch (error) {
    client.end();
    onEnd();
    if (seenKey !== '' && seenKey !== hostKey) throw new SourceError('HOST_KEY', seenKey);
    throw refusedOr(error);
  }
}

/** ssh2 says on which step it failed. */
function refusedOr(error: unknown): SourceError {
  const { level, message = '' } = error as { level?: string; message?: string };
  if (level === 'client-authentication') return new SourceError('REFUSED');
  if (level === 'client-timeout') return new SourceError('ETIMEDOUT');
  if (message.includes('privateKey')) return new SourceError('PRIVATE_KEY');
  return asSourceError(error);
}

/** The path without symbolic links; undefined if it is not there, or leads out of the folder. */
async function inside(sftp: SFTPWrapper, root: string, path: string): Promise<string | undefined> {
  const real = await orAbsent(ask<string>(sftp, 'realpath', `${root}/${path}`));
  return real?.startsWith(root === '/' ? root : `${root}/`) ? real : undefined;
}

/** @throws SourceError if it does not answer in time */
function ask<T>(sftp: SFTPWrapper, what: 'realpath' | 'lstat' | 'stat', path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new SourceError('ETIMEDOUT')), answerMs);
    const done = (error: Error | undefined, answer: unknown) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve(answer as T);
    };
    (sftp[what] as (path: string, callback: typeof done) => void).call(sftp, path, done);
  });
}

/** undefined if there is no such file. */
async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === noSuchFile) return undefined;
    throw code === permissionDenied ? new SourceError('EACCES') : asSourceError(error);
  }
}
