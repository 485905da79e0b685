import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { addressPlace } from './address.ts';

const folder = join(import.meta.dirname, '../../../web/widget');
/** What of the folder goes into the archive as it is. */
const asItIs = ['style.css', 'i18n', 'images'];
/** A zip knows no earlier time; it is told by the clock of the place, so it is made by it. */
const time = new Date(1980, 0, 1);

/**
 * The archive to be uploaded in amoCRM; the same input gives the same bytes.
 *
 * @param script as `bin/widget/build` makes it, for no address yet
 * @param url where the widget asks Ringflow
 * @param version in the form 1.2.3; a browser takes the files of another version anew
 */
export function makeArchive(script: string, url: string, version: string): Uint8Array {
  const files: Record<string, Uint8Array> = {
    'manifest.json': Buffer.from(manifest(url, version)),
    'script.js': Buffer.from(scriptFor(url, script)),
  };
  for (const path of asItIs.flatMap(filesAt)) files[path] = readFileSync(join(folder, path));
  const sorted: Zippable = {};
  for (const path of Object.keys(files).toSorted()) sorted[path] = [files[path] as Uint8Array, { mtime: time }];
  return zipSync(sorted, { level: 9 });
}

function scriptFor(url: string, script: string): string {
  const [before, after, ...more] = script.split(JSON.stringify(addressPlace));
  if (after === undefined || more.length > 0)
    throw new Error('The script of the widget has no one place for the address');
  return `${before}${JSON.stringify(url)}${after}`;
}

function manifest(url: string, version: string): string {
  const given = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const widget = { ...given.widget, version, support: { link: url } };
  return `${JSON.stringify({ ...given, widget }, null, 2)}\n`;
}

function filesAt(path: string): string[] {
  if (!statSync(join(folder, path)).isDirectory()) return [path];
  const names = readdirSync(join(folder, path)).filter((name) => /\.(json|png)$/.test(name));
  return names.map((name) => `${path}/${name}`);
}
