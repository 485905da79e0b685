import type { Language } from './language.tsx';

export type Cell = string | number | null;

/** Excel in Russian takes the comma for that of a fraction. */
const separators: Record<Language, string> = { ru: ';', en: ',' };

/**
 * A table as a file for spreadsheet programs, which know by its first mark that it is UTF-8.
 *
 * @returns text; a cell that such a program would take for a formula begins with an apostrophe
 */
export function csvOf(language: Language, header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => cells.map((cell) => written(cell)).join(separators[language]);
  return `\ufeff${[header, ...rows].map(line).join('\r\n')}\r\n`;
}

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^\s*[=+\-@]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[";,\r\n\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
