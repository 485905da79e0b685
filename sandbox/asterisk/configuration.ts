import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mustache from 'mustache';

/** Folders of templates: what any Asterisk here has, and a PBX of an office as FreePBX would configure it. */
export const etc = join(import.meta.dirname, 'etc');
export const freepbxEtc = join(import.meta.dirname, 'freepbx');

export interface ConfigurationOptions {
  /** Later folders add to the files of earlier ones. */
  templates: string[];
  /** What stands in the templates as `{{name}}`. */
  values: object;
  /** Added as it is, by the file's name. */
  more?: Record<string, string>;
}

/** Writes Asterisk's configuration into a folder. */
export function writeConfiguration(folder: string, { templates, values, more = {} }: ConfigurationOptions): void {
  mkdirSync(folder, { recursive: true });
  const texts = new Map<string, string>();
  const add = (name: string, text: string) => texts.set(name, `${texts.get(name) ?? ''}${text}\n`);
  for (const template of templates) {
    for (const name of readdirSync(template)) {
      const text = readFileSync(join(template, name), 'utf8');
      add(name, Mustache.render(text, values, {}, { escape: String }));
    }
  }
  for (const [name, text] of Object.entries(more)) add(name, text);
  for (const [name, text] of texts) writeFileSync(join(folder, name), text, { mode: 0o600 });
}
