import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BadInput } from './bad-input.ts';

/** Options beside those with one value. */
interface FurtherOptions {
  /** Without a value. */
  flags?: readonly string[];
  /** May be given several times. */
  lists?: readonly string[];
}

/**
 * What stands behind a command, apart by names with and without `--`.
 *
 * @param names of the options that it knows; each has a value
 * @throws BadInput
 */
export function readArguments(
  args: string[],
  names: readonly string[],
  { flags = [], lists = [] }: FurtherOptions = {},
) {
  const options = {
    ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    ...Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }])),
    ...Object.fromEntries(lists.map((name) => [name, { type: 'string' as const, multiple: true }])),
  };
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    return {
      positionals,
      values: values as Record<string, string | undefined>,
      flags: new Set(flags.filter((name) => values[name] === true)),
      lists: Object.fromEntries(lists.map((name) => [name, (values[name] ?? []) as string[]])),
    };
  } catch (error) {
    const all = [...names, ...flags, ...lists];
    const known = all.length > 0 ? all.map((name) => `--${name}`).join(', ') : 'none';
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
