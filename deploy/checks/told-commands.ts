import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What people are told to run by docker compose. */
export interface ToldCommand {
  /** Of docker compose: `run`, `exec`, `restart`, … */
  verb: string;
  services: string[];
  /** With `run` and `exec`: what is run in the container of the one service. */
  inside: string;
}

/** The options that have a value, apart from it. */
const withValue = new Set(['-v', '--env-file', '--profile']);
const insideVerbs = new Set(['run', 'exec']);

/** Of a file of the documentation. */
export function toldCommandsOf(file: string): ToldCommand[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/\bdocker compose ([^`\n]+)/g)].map(([, rest = '']) =>
    readCommand(rest.split(' #')[0] ?? ''),
  );
}

function readCommand(text: string): ToldCommand {
  const words = text.trim().split(/\s+/);
  const verb = words.splice(nextName(words), 1)[0] ?? '';
  if (!insideVerbs.has(verb)) return { verb, services: words.filter((_, index) => isName(words, index)), inside: '' };
  const at = nextName(words);
  return { verb, services: words.slice(at, at + 1), inside: words.slice(at + 1).join(' ') };
}

const isName = (words: readonly string[], index: number): boolean =>
  !words[index]?.startsWith('-') && !withValue.has(words[index - 1] ?? '');

const nextName = (words: readonly string[]): number => words.findIndex((_, index) => isName(words, index));
