import { listedNumber } from './listed-number.ts';

/** What stands in a file of phones: nothing of it is lost without being told. */
export interface PhoneFile {
  /** Each once, in the order of the file, as number lists hold them. */
  numbers: string[];
  /** How many stand there again. */
  repeated: number;
  /** Lines, from 1 on, in which no number can be read. */
  unreadable: { line: number; text: string }[];
  /** What the columns are called, or begin with; of one column nothing has to be chosen. */
  columns: string[];
  /** Which of them is read, from 0 on; undefined: all. */
  column: number | undefined;
}

interface Line {
  line: number;
  text: string;
  cells: string[];
}

/**
 * Reads phones from a table with or without a header, its columns separated by tabs, semicolons or commas.
 *
 * @param country ISO code of the PBX's country
 * @param chosen which column to read; the one that looks most like phones if left out
 */
export function readPhoneFile(text: string, country: string, chosen?: number): PhoneFile {
  const lines = linesOf(text);
  const width = Math.max(0, ...lines.slice(0, linesLookedAt).map(({ cells }) => cells.length));
  const column = chosen ?? columnOf(lines, width, country);
  const numbers = new Set<string>();
  const file: PhoneFile = { numbers: [], repeated: 0, unreadable: [], columns: titlesOf(lines, width), column };
  lines.forEach(({ line, text, cells }, index) => {
    const read = column === undefined ? cells.filter((cell) => cell !== '') : [cells[column] ?? ''];
    const found = read.map((cell) => listedNumber(cell, country));
    const isHeader = index === 0 && !/\d/.test(read.join(''));
    if (found.includes(undefined) && !isHeader) file.unreadable.push({ line, text });
    for (const number of found) {
      if (number === undefined) continue;
      if (numbers.has(number)) file.repeated++;
      numbers.add(number);
    }
  });
  return { ...file, numbers: [...numbers] };
}

/** Enough to see what a file is like. */
const linesLookedAt = 200;

function linesOf(text: string): Line[] {
  const all = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: index + 1, text: line.trim() }));
  const filled = all.filter((one) => one.text !== '').slice(0, linesLookedAt);
  const separator = separatorOf(filled.map((one) => one.text));
  return all
    .map((one) => ({ ...one, cells: cellsOf(one.text, separator) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/** What stands in half of the lines; semicolons first, since there may be commas within what they separate. */
function separatorOf(lines: readonly string[]): string | undefined {
  return ['\t', ';', ','].find((one) => lines.filter((line) => line.includes(one)).length * 2 >= lines.length);
}

function cellsOf(line: string, separator: string | undefined): string[] {
  if (separator === undefined) return [unquoted(line)];
  const cells: string[] = [''];
  let isQuoted = false;
  for (const sign of line) {
    if (sign === '"') isQuoted = !isQuoted;
    if (sign === separator && !isQuoted) cells.push('');
    else cells[cells.length - 1] += sign;
  }
  return (isQuoted ? line.split(separator) : cells).map(unquoted); // a quote that nobody closes is a sign like others
}

function unquoted(cell: string): string {
  const text = cell.trim();
  return /^".*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
}

/** Of a whole number, be it with an asterisk. */
const fewestDigitsOfPhone = 10;

function columnOf(lines: readonly Line[], width: number, country: string): number | undefined {
  if (width < 2) return undefined;
  const [first, ...others] = lines.slice(0, linesLookedAt);
  const isPhone = (cell: string) => (listedNumber(cell, country)?.length ?? 0) >= fewestDigitsOfPhone;
  if (first && [first, ...others].every(({ cells }) => cells.every((cell) => cell === '' || isPhone(cell))))
    return undefined;
  const named =
    first?.cells.findIndex((cell) => !/\d/.test(cell) && /phone|number|mobile|тел|номер|моб/i.test(cell)) ?? -1;
  if (named >= 0) return named;
  const counts = Array.from(
    { length: width },
    (_, place) => lines.slice(0, linesLookedAt).filter(({ cells }) => isPhone(cells[place] ?? '')).length,
  );
  return counts.indexOf(Math.max(...counts));
}

function titlesOf([first]: readonly Line[], width: number): string[] {
  return Array.from({ length: width }, (_, place) => first?.cells[place] ?? '');
}
