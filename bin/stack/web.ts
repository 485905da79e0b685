import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { builtScriptPath } from '../../api/widget/archive/built.ts';
import { writeScript } from '../widget/build/script.ts';
import { root } from './folders.ts';
import { step } from './progress.ts';

const pages = { 'pages of the settings': 'web/settings', 'pages of the licensing server': 'web/licensing' };
/** What the pages are made of. */
const sources = ['web', 'proto', 'bin/widget/build', 'package-lock.json'].map((path) => join(root, path));
const built = [...Object.values(pages).map((path) => join(root, path, 'dist/index.html')), builtScriptPath];

/** Builds the pages and the widget's script, unless they are newer than what they are made of. */
export async function buildWeb(): Promise<void> {
  const newestMs = Math.max(...sources.map(newestChangeMs));
  if (built.every((path) => existsSync(path) && statSync(path).mtimeMs > newestMs)) return;
  for (const [name, path] of Object.entries(pages)) {
    const folder = join(root, path);
    await step(name, () => build({ root: folder, configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' }));
  }
  await step('script of the widget', writeScript);
}

function newestChangeMs(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const names = readdirSync(path);
  const inside = names.filter((name) => name !== 'dist');
  const ownMs = names.includes('dist') ? 0 : mtimeMs; // it changes when that is made
  return Math.max(ownMs, ...inside.map((name) => newestChangeMs(join(path, name))));
}
