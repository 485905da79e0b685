import type { ArchiveFiles } from './archive-files.ts';
import type { Fault } from './fault.ts';

export const requiredImages: Record<string, readonly [width: number, height: number]> = {
  'images/logo_main.png': [400, 272],
  'images/logo_small.png': [108, 108],
  'images/logo.png': [130, 100],
  'images/logo_medium.png': [240, 84],
  'images/logo_min.png': [84, 84],
};

const required = ['manifest.json', 'script.js', ...Object.keys(requiredImages)];

/** What must be there, at the root of the archive. */
export function checkFiles(files: ArchiveFiles): Fault[] {
  const top = topFolder(files);
  if (top !== undefined) {
    const what = `all files lie in the folder ${top}/.`;
    return [{ what, whatToDo: 'Pack what is in the folder, not the folder: manifest.json has to lie at the root.' }];
  }
  const missing = required.filter((path) => !files.has(path));
  return missing.map((file) => ({ file, what: 'is missing.', whatToDo: 'Add it; amoCRM requires this file.' }));
}

function topFolder(files: ArchiveFiles): string | undefined {
  const tops = new Set([...files.keys()].map((path) => (path.includes('/') ? path.split('/', 1)[0] : undefined)));
  const [top] = tops;
  return tops.size === 1 ? top : undefined;
}
