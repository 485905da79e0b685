import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from './folders.ts';
import { step } from './progress.ts';

const pages = join(root, 'web/settings');
/** What the pages are made of. */
const sources = [pages, join(root, 'proto'), join(root, 'package-lock.json')];

/** Builds the settings' pages, unless they are newer than what they are made of. */
export async function buildWeb(): Promise<void> {
  const index = join(pages, 'dist/index.html');
  if (existsSync(index) && Math.max(...sources.map(newestChangeMs)) < statSync(index).mtimeMs) return;
  await step('pages of the settings', () =>
    build({ root: pages, configFile: join(pages, 'vite.config.ts'), logLevel: 'warn' }),
  );
}

function newestChangeMs(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== 'dist');
  return Math.max(mtimeMs, ...inside.map((name) => newestChangeMs(join(path, name))));
}
