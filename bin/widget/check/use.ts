import type { ArchiveFiles } from './archive-files.ts';
import type { Fault } from './fault.ts';
import { requiredImages } from './files.ts';
import { asObject, asStrings, type Manifest } from './manifest.ts';
import { isText, textOf } from './text-files.ts';

const alwaysUsed = ['manifest.json', 'script.js', ...Object.keys(requiredImages)];

/** Nothing lies in the archive that the widget does not use, and what the manifest names is there. */
export function checkUse(files: ArchiveFiles, manifest: Manifest): Fault[] {
  const locale = asStrings(asObject(manifest.widget).locale);
  const tour = Object.values(asObject(asObject(manifest.tour).tour_images))
    .flatMap(asStrings)
    .map(withoutSlash);
  const locations = asStrings(manifest.locations);
  const used = new Set([
    ...alwaysUsed,
    ...locale.map((language) => `i18n/${language}.json`),
    ...tour,
    ...(locations.includes('digital_pipeline') ? ['images/logo_dp.png'] : []),
  ]);
  const missing = tour.filter((path) => !files.has(path));
  const texts = [...files.keys()].filter(isText).map((path) => [path, textOf(files, path)] as const);
  const isNamed = (path: string) => texts.some(([file, text]) => file !== path && text.includes(nameIn(path)));
  const unused = [...files.keys()].filter((path) => !used.has(path) && !isNamed(path));
  return [
    ...missing.map((file) => ({ file, what: 'is missing, but manifest.json names it.', whatToDo: 'Add it.' })),
    ...unused.map((file) => ({ file, what: 'is used by nothing.', whatToDo: 'Take it out of the archive.' })),
  ];
}

const withoutSlash = (path: string) => path.replace(/^\//, '');

/** How scripts name a file: templates often without ending. */
function nameIn(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return name.endsWith('.twig') ? name.slice(0, -'.twig'.length) : name;
}
