import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
/** Written by `npm run build-web`. */
export const builtScriptPath = join(root, 'web/widget/dist/script.js');

/** The script of the widget for no address yet; undefined: it was not built. */
export function readBuiltScript(): string | undefined {
  try {
    return readFileSync(builtScriptPath, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** That of Ringflow, which the widget has too. */
export function ownVersion(): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
}
