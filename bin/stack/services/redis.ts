import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Daemons } from '../daemons.ts';
import { findProgram, installPackages, privateFolder } from '../programs.ts';

export async function ensureRedis(): Promise<void> {
  if (!findProgram('redis-server')) await installPackages('redis-server');
}

/** Starts a Redis of the project's own that writes down what it is told (append-only). */
export async function startRedis(daemons: Daemons, stateFolder: string, port: number, password: string): Promise<void> {
  const folder = privateFolder(join(stateFolder, 'redis'));
  const file = join(folder, 'redis.conf'); // the password would show in a command line
  const settings = ['bind 127.0.0.1', `port ${port}`, `requirepass ${password}`, 'appendonly yes', `dir "${folder}"`];
  writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o600 });
  await daemons.start({
    name: 'redis',
    program: findProgram('redis-server') ?? 'redis-server',
    args: [file],
    isUp: () => answers(port, password),
    timeoutMs: 30_000,
  });
}

async function answers(port: number, password: string): Promise<boolean> {
  const redis = new Redis({ host: '127.0.0.1', port, password, lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } finally {
    redis.disconnect();
  }
}
