import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { addressPlace } from '../../../api/widget/archive/address.ts';
import { builtScriptPath } from '../../../api/widget/archive/built.ts';
import { root } from '../../stack/folders.ts';

/** The widget's modules as the one readable AMD module that amoCRM loads; where Ringflow is, is filled in later. */
export async function buildScript(): Promise<string> {
  const folder = join(root, 'web/widget');
  const built = await build({
    ...{ root: folder, configFile: false, logLevel: 'warn' },
    define: { RINGFLOW_URL: JSON.stringify(addressPlace) },
    build: {
      ...{ write: false, minify: false, target: 'es2022' },
      lib: { entry: join(folder, 'main.ts'), formats: ['es'], fileName: 'script' },
      rolldownOptions: { cwd: folder, external: ['jquery'] },
    },
  });
  const [{ output }] = built as [Rolldown.RolldownOutput];
  return amdModule(output[0].code);
}

/** Leaves it where the API takes it from. */
export async function writeScript(): Promise<void> {
  mkdirSync(dirname(builtScriptPath), { recursive: true });
  writeFileSync(builtScriptPath, await buildScript());
}

/** The bundler knows no AMD: the one import and the one export become those of `define`. */
function amdModule(code: string): string {
  const imports = /^import ([\w$]+) from "jquery";\n/m;
  const exports = /^export \{ (\w+) as default \};\n?/m;
  const jquery = imports.exec(code)?.[1];
  const widget = exports.exec(code)?.[1];
  if (!jquery || !widget) throw new Error('The bundler writes modules in another form than is known here');
  const body = code.replace(imports, '').replace(exports, `return ${widget};`).trimEnd();
  if (/^(import|export)\b/m.test(body)) throw new Error('The widget imports what amoCRM does not have');
  const indented = body.replace(/^(?=.)/gm, '\t');
  return `define(["jquery"], function (${jquery}) {\n\t"use strict";\n\n${indented}\n});\n`;
}
