import { readFileSync, writeFileSync } from 'node:fs';
import { versionPattern, widgetAddress } from '../../api/widget/archive/address.ts';
import { makeArchive } from '../../api/widget/archive/archive.ts';
import { ownVersion } from '../../api/widget/archive/built.ts';
import { checkArchive, type Fault, UnreadableArchive } from '../widget/check/index.ts';
import { readArguments } from './arguments.ts';
import { BadInput } from './bad-input.ts';

/**
 * `widget build` makes the archive for amoCRM, `widget check` tells what of amoCRM's rules for archives one breaks.
 *
 * @returns the process's exit code
 * @throws BadInput
 */
export async function makeWidget(what: string, args: string[]): Promise<number> {
  if (what === 'build') return build(args);
  if (what === 'check') return check(args);
  throw new BadInput('`ringflow widget` can `build` and `check`.');
}

async function build(args: string[]): Promise<number> {
  const { positionals, values } = readArguments(args, ['url', 'out', 'version']);
  const { url: urlText, out, version = ownVersion() } = values;
  if (positionals.length > 0 || urlText === undefined || out === undefined) {
    throw new BadInput('Write: ringflow widget build --url https://ringflow.company.example --out widget.zip');
  }
  const url = widgetAddress(urlText);
  if (url === undefined) {
    throw new BadInput(
      `${urlText} is no address for the widget: write https://, a host and at most a path (http:// only for this machine).`,
    );
  }
  if (!versionPattern.test(version)) throw new BadInput(`${version} is no version: write it as 1.2.3.`);
  const { buildScript } = await import('../widget/build/script.ts'); // the bundler takes long to load
  const archive = makeArchive(await buildScript(), url, version);
  const faults = checkArchive(archive);
  if (faults.length > 0) return tell(out, faults);
  write(out, archive);
  process.stdout.write(`${out}: the widget ${version} for ${url}, ${Math.ceil(archive.length / 1024)} KB\n`);
  return 0;
}

function check(args: string[]): number {
  const { positionals } = readArguments(args, []);
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new BadInput('Write: ringflow widget check widget.zip');
  try {
    const faults = checkArchive(read(path));
    if (faults.length === 0) process.stdout.write(`${path}: breaks none of amoCRM's rules that are checked here\n`);
    return tell(path, faults);
  } catch (error) {
    if (error instanceof UnreadableArchive) throw new BadInput(`${path}: ${error.message}`);
    throw error;
  }
}

function tell(path: string, faults: Fault[]): number {
  const lines = faults.map(({ file, line, what, whatToDo }) => {
    const place = [path, file, line].filter((part) => part !== undefined).join(':');
    return printable(`${place}: ${what} ${whatToDo}`);
  });
  for (const line of lines) process.stdout.write(`${line}\n`);
  return faults.length === 0 ? 0 : 1;
}

/** Names come from the archive: nothing in them may steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new BadInput(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function write(path: string, content: Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new BadInput(`${path}: cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
