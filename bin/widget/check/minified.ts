import type { Fault } from './fault.ts';

const longestLine = 400;
const mostPerLine = 120;

/** Code that a person can't read: long lines, few of them. */
export function isMinified(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const perLine = text.length / Math.max(1, lines.length);
  return perLine > mostPerLine || lines.some((line) => line.length > longestLine && !/["'`][^"'`]{300}/.test(line));
}

export function minified(file: string): Fault {
  return { file, what: 'is minified.', whatToDo: 'Put the readable code into the archive: people check it.' };
}
