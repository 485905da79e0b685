import type { ArchiveFiles } from './archive-files.ts';
import type { Fault } from './fault.ts';
import { requiredImages } from './files.ts';
import { type Picture, readPicture } from './picture.ts';

const mostBytes = 300 * 1024;
const tourSize = [1188, 616] as const;
const otherSizes: Record<string, readonly [number, number]> = { 'images/logo_dp.png': [174, 109] };

const formatOf: Record<string, Picture['format']> = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', gif: 'gif' };

/** Pictures have the formats, sizes and weight that amoCRM asks for, and don't move. */
export function checkImages(files: ArchiveFiles): Fault[] {
  const images = [...files].filter(([path]) => path.startsWith('images/') || /\.(png|jpe?g|gif|webp|bmp)$/i.test(path));
  return images.flatMap(([file, bytes]) => checkImage(file, bytes));
}

function checkImage(file: string, bytes: Uint8Array): Fault[] {
  const picture = readPicture(bytes);
  const format = formatOf[file.split('.').at(-1)?.toLowerCase() ?? ''];
  if (!picture || picture.format !== format) {
    const what = format ? `is no ${format} picture.` : 'is no png, jpeg or gif picture.';
    return [{ file, what, whatToDo: 'Save it as a real png, jpeg or gif, and name it so.' }];
  }
  const faults: Fault[] = [];
  if (bytes.length > mostBytes) {
    const what = `weighs ${Math.ceil(bytes.length / 1024)} KB.`;
    faults.push({ file, what, whatToDo: 'amoCRM takes pictures of at most 300 KB: make it smaller.' });
  }
  if (picture.isAnimated) faults.push({ file, what: 'is animated.', whatToDo: 'Save a single picture of it.' });
  const [width, height] = sizeOf(file) ?? [picture.width, picture.height];
  if (width !== picture.width || height !== picture.height) {
    const what = `is ${picture.width} x ${picture.height}.`;
    faults.push({ file, what, whatToDo: `amoCRM wants it ${width} x ${height}.` });
  }
  return faults;
}

function sizeOf(file: string): readonly [number, number] | undefined {
  if (/^images\/tour_/.test(file)) return tourSize;
  return requiredImages[file] ?? otherSizes[file];
}
