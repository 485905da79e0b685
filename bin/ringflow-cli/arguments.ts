import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BadInput } from './bad-input.ts';

/**
 * What stands behind a command, apart by names with and without `--`.
 *
 * @param names of the options that it knows; each has a value
 * @throws BadInput
 */
export function readArguments(args: string[], names: readonly string[]) {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    return { positionals, values: values as Record<string, string | undefined> };
  } catch (error) {
    const known = names.length > 0 ? names.map((name) => `--${name}`).join(', ') : 'none';
    throw new BadInput(`${(error as Error).message.split(/\. |\n/)[0]}. Options here: ${known}.`);
  }
}

/**
 * What must not stand among the arguments, since those show in process lists: from standard input or, if nothing comes
 * from there, from a variable.
 *
 * @throws BadInput
 */
export function readSecret(variable: string, what: string): string {
  const given = (process.stdin.isTTY ? '' : standardInput()).trim() || process.env[variable]?.trim();
  if (given) return given;
  throw new BadInput(`${what} is missing: give it on standard input or in the variable ${variable}.`);
}

function standardInput(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch {
    return ''; // closed, or nobody writes
  }
}
