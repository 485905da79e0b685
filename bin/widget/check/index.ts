import { type ArchiveFiles, filesOf } from './archive-files.ts';
import type { Fault } from './fault.ts';
import { checkFiles } from './files.ts';
import { checkImages } from './images.ts';
import { checkLocations } from './locations.ts';
import { checkManifest, type Manifest, readManifest } from './manifest.ts';
import { checkScripts } from './script/index.ts';
import { checkStyles } from './styles.ts';
import { checkTextFiles } from './text-files.ts';
import { checkTexts } from './texts.ts';
import { checkUse } from './use.ts';

export { type Fault, UnreadableArchive } from './fault.ts';

/**
 * Which of the rules that amoCRM publishes for widgets an archive breaks, as far as a program can tell: pages structure,
 * mechanics, requirements, areas and fields of its documentation.
 *
 * @throws UnreadableArchive
 */
export function checkArchive(zip: Uint8Array): Fault[] {
  const files = filesOf(zip);
  const placement = checkFiles(files);
  if (!files.has('manifest.json')) return placement;
  const manifest = readManifest(files);
  return [
    ...placement,
    ...checkTextFiles(files),
    ...checkImages(files),
    ...checkScripts(files),
    ...checkStyles(files),
    ...(manifest ? checkByManifest(files, manifest) : [brokenManifest]),
  ];
}

function checkByManifest(files: ArchiveFiles, manifest: Manifest): Fault[] {
  return [
    ...checkManifest(manifest),
    ...checkLocations(files, manifest),
    ...checkTexts(files, manifest),
    ...checkUse(files, manifest),
  ];
}

const brokenManifest: Fault = {
  file: 'manifest.json',
  what: 'is no JSON object.',
  whatToDo: 'Write it as amoCRM describes the structure of a widget; a comma too many is the usual fault.',
};
