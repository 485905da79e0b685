import type { ArchiveFiles } from '../archive-files.ts';
import type { Fault } from '../fault.ts';
import { isMinified, minified } from '../minified.ts';
import { textOf } from '../text-files.ts';
import { checkComments } from './comments.ts';
import { checkConsole } from './console.ts';
import { checkForbidden } from './forbidden.ts';
import { checkGlobals } from './globals.ts';
import { checkModule } from './module.ts';
import { checkOutside } from './outside.ts';
import { checkRequests } from './requests.ts';
import { readScript, type Script } from './script.ts';

const rules: ((script: Script, files: ArchiveFiles) => Fault[])[] = [
  checkModule,
  checkForbidden,
  checkConsole,
  checkRequests,
  checkOutside,
  checkGlobals,
  checkComments,
];

/** Scripts do nothing that amoCRM forbids, and can be read by people. */
export function checkScripts(files: ArchiveFiles): Fault[] {
  const paths = [...files.keys()].filter((path) => path.endsWith('.js'));
  return paths.flatMap((file) => checkScript(file, textOf(files, file), files));
}

function checkScript(file: string, text: string, files: ArchiveFiles): Fault[] {
  const script = readScript(file, text);
  if (!('program' in script)) return [script];
  const faults = rules.flatMap((rule) => rule(script, files));
  return [...(isMinified(text) ? [minified(file)] : []), ...faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))];
}
