import type { ArchiveFiles } from './archive-files.ts';
import type { Fault } from './fault.ts';
import { textOf } from './text-files.ts';

/** What is known of it is only that it is an object. */
export type Manifest = Record<string, unknown>;

export const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
export const asStrings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** @returns undefined if there is nothing to read */
export function readManifest(files: ArchiveFiles): Manifest | undefined {
  try {
    const manifest = JSON.parse(textOf(files, 'manifest.json'));
    return manifest !== null && typeof manifest === 'object' && !Array.isArray(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

export const languages = ['ru', 'en', 'es', 'pt'];
const settingTypes = ['text', 'pass', 'users', 'users_lp', 'custom'];

type Complaint = [isBroken: boolean, what: string, whatToDo: string];

/** Fields that amoCRM requires, in the form it wants. */
export function checkManifest(manifest: Manifest): Fault[] {
  const complaints = [...ofWidget(manifest), ...ofTour(manifest), ...ofSettings(manifest)];
  return complaints
    .filter(([isBroken]) => isBroken)
    .map(([, what, whatToDo]) => ({ file: 'manifest.json', what, whatToDo }));
}

function ofWidget(manifest: Manifest): Complaint[] {
  const widget = asObject(manifest.widget);
  const support = asObject(widget.support);
  const locale = asStrings(widget.locale);
  const keys = ['name', 'description', 'short_description'];
  return [
    ...keys.map((key): Complaint => {
      const isKey = typeof widget[key] === 'string' && /^\w+(\.\w+)+$/.test(widget[key]);
      return [!isKey, `widget.${key} names no text.`, `Write the key of a text in i18n, such as "widget.${key}".`];
    }),
    [
      locale.length === 0 || locale.some((one) => !languages.includes(one)),
      'widget.locale is no list of languages.',
      `List those of i18n, out of ${languages.join(', ')}.`,
    ],
    [typeof widget.installation !== 'boolean', 'widget.installation is missing.', 'Write true or false.'],
    [
      widget.interface_version !== undefined && widget.interface_version !== 2,
      'widget.interface_version is not 2.',
      'Write 2; other versions of the interface are no more.',
    ],
    [
      widget.init_once !== undefined && typeof widget.init_once !== 'boolean',
      'widget.init_once is neither true nor false.',
      'Write true for telephony: its connection then lives as long as the page.',
    ],
    [
      widget.version !== undefined && !/^\d+(\.\d+)*$/.test(String(widget.version)),
      'widget.version is no version.',
      'Write it as 1.2.3, and raise it with each upload.',
    ],
    [
      !isAddress(support.link) && !/^\S+@\S+$/.test(String(support.email ?? '')),
      'widget.support has neither link nor email.',
      'Write where people get help: support.link, or else support.email.',
    ],
  ];
}

const isAddress = (value: unknown) => typeof value === 'string' && /^https?:\/\/[^/]/.test(value);

function ofTour(manifest: Manifest): Complaint[] {
  const tour = asObject(manifest.tour);
  const images = asObject(tour.tour_images);
  const locale = asStrings(asObject(manifest.widget).locale);
  return [
    [tour.is_tour !== true, 'tour.is_tour is not true.', 'Write a tour with pictures and a description.'],
    [
      locale.some((language) => asStrings(images[language]).length === 0),
      'tour.tour_images lacks a language.',
      'List pictures for each language of widget.locale.',
    ],
    [typeof tour.tour_description !== 'string', 'tour.tour_description is missing.', 'Name a text of i18n.'],
  ];
}

function ofSettings(manifest: Manifest): Complaint[] {
  const { settings } = manifest;
  const fields = Object.entries(asObject(settings)).map(([code, field]) => [code, asObject(field)] as const);
  const types = fields.map(([, { type }]) => type);
  return [
    [
      typeof settings !== 'object' || settings === null,
      'settings is missing.',
      'Write the fields of the widget, or {} if it has none.',
    ],
    ...fields.flatMap(([code, { name, type }]): Complaint[] => [
      [typeof name !== 'string', `settings.${code}.name is missing.`, 'Name a text of i18n.'],
      [!settingTypes.includes(String(type)), `settings.${code}.type is not known.`, `Use ${settingTypes.join(', ')}.`],
    ]),
    [
      types.filter((type) => type === 'custom').length > 1,
      'settings has more than one field of type custom.',
      'Keep all in one of them, as JSON.',
    ],
    [
      types.includes('custom') && !asStrings(manifest.locations).includes('settings'),
      'a field of type custom needs the location settings.',
      'Add "settings" to locations.',
    ],
  ];
}
