import type { ArchiveFiles } from './archive-files.ts';
import type { Fault } from './fault.ts';

export const isText = (path: string) => /\.(js|css|json|twig|html|md|txt|svg)$/i.test(path);

/** The text of a file, without the mark that should not be there. */
export function textOf(files: ArchiveFiles, path: string): string {
  return new TextDecoder('utf-8').decode(files.get(path));
}

/** Text files are UTF-8 without BOM, with Unix newlines. */
export function checkTextFiles(files: ArchiveFiles): Fault[] {
  return [...files].filter(([path]) => isText(path)).flatMap(([file, bytes]) => checkTextFile(file, bytes));
}

function checkTextFile(file: string, bytes: Uint8Array): Fault[] {
  const faults: Fault[] = [];
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    faults.push({ file, line: 1, what: 'begins with a BOM.', whatToDo: 'Save it as UTF-8 without BOM.' });
  }
  const text = Buffer.from(bytes).toString('utf8');
  if (!Buffer.from(text).equals(Buffer.from(bytes))) {
    faults.push({ file, what: 'is not UTF-8.', whatToDo: 'Save it as UTF-8 without BOM.' });
  }
  const carriageReturn = text.indexOf('\r');
  if (carriageReturn >= 0) {
    const line = text.slice(0, carriageReturn).split('\n').length;
    faults.push({ file, line, what: 'has newlines of Windows.', whatToDo: 'Save it with Unix newlines (LF).' });
  }
  return faults;
}
