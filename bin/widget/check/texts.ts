import type { ArchiveFiles } from './archive-files.ts';
import type { Fault } from './fault.ts';
import { asObject, asStrings, languages, type Manifest } from './manifest.ts';
import { textOf } from './text-files.ts';

type Texts = Map<string, string>;

/** Each language has its file, all with the same keys, and says things in its own words. */
export function checkTexts(files: ArchiveFiles, manifest: Manifest): Fault[] {
  const locale = asStrings(asObject(manifest.widget).locale).filter((one) => languages.includes(one));
  const faults: Fault[] = [];
  const known = new Map<string, Texts>();
  for (const language of locale) {
    const file = `i18n/${language}.json`;
    const texts = files.has(file) ? readTexts(textOf(files, file)) : undefined;
    if (texts) known.set(language, texts);
    else if (files.has(file)) faults.push({ file, what: 'is no JSON of texts.', whatToDo: 'Mend its JSON.' });
    else faults.push({ file, what: 'is missing.', whatToDo: 'Add it, or take the language out of widget.locale.' });
  }
  return [
    ...faults,
    ...differentKeys(known),
    ...[...known].flatMap(([language, texts]) => [
      ...missingTexts(language, texts, manifest),
      ...foreignWords(language, texts, textOf(files, `i18n/${language}.json`)),
      ...vendorsName(language, texts, manifest),
    ]),
  ];
}

/** @returns texts by dotted key; undefined if it is something else */
function readTexts(json: string): Texts | undefined {
  try {
    const texts: Texts = new Map();
    const gather = (value: unknown, path: string[]): boolean => {
      if (typeof value === 'string') return Boolean(texts.set(path.join('.'), value));
      const isBranch = typeof value === 'object' && value !== null;
      return isBranch && Object.entries(value).every(([key, inner]) => gather(inner, [...path, key]));
    };
    return gather(JSON.parse(json), []) ? texts : undefined;
  } catch {
    return undefined;
  }
}

function differentKeys(known: Map<string, Texts>): Fault[] {
  const all = new Set([...known.values()].flatMap((texts) => [...texts.keys()]));
  return [...known].flatMap(([language, texts]) =>
    [...all]
      .filter((key) => !texts.has(key))
      .map((key) => ({
        file: `i18n/${language}.json`,
        what: `has no ${key}, which another language has.`,
        whatToDo: 'Give all languages the same keys.',
      })),
  );
}

/** Texts that the manifest names. */
function missingTexts(language: string, texts: Texts, manifest: Manifest): Fault[] {
  const widget = asObject(manifest.widget);
  const fields = Object.values(asObject(manifest.settings)).map((field) => asObject(field).name);
  const named = [widget.name, widget.description, widget.short_description, asObject(manifest.tour).tour_description];
  const keys = [...named, ...fields, asObject(manifest.advanced).title];
  return keys
    .filter((key) => typeof key === 'string' && /^\w+(\.\w+)+$/.test(key) && !texts.get(key)?.trim())
    .map((key) => ({
      file: `i18n/${language}.json`,
      what: `has no text ${key}, which manifest.json names.`,
      whatToDo: 'Write it.',
    }));
}

function foreignWords(language: string, texts: Texts, json: string): Fault[] {
  if (language === 'ru') return [];
  return [...texts].flatMap(([key, text]) => {
    const place = { file: `i18n/${language}.json`, line: lineOf(json, text) };
    const faults: Fault[] = [];
    if (/[a-z0-9-]\.ru\b/i.test(text)) {
      faults.push({ ...place, what: `${key} names an address in .ru.`, whatToDo: 'Lead to a page in this language.' });
    }
    if (/\p{Script=Cyrillic}/u.test(text)) {
      faults.push({ ...place, what: `${key} is Russian.`, whatToDo: `Say it in ${language}.` });
    }
    return faults;
  });
}

/** It must not look like the vendor's own work. */
function vendorsName(language: string, texts: Texts, manifest: Manifest): Fault[] {
  const file = `i18n/${language}.json`;
  const name = texts.get(String(asObject(manifest.widget).name)) ?? '';
  const faults: Fault[] = [];
  if (/amo[\s_-]*crm|\bamo/i.test(name)) {
    faults.push({ file, what: `the widget is named “${name}”.`, whatToDo: 'Name it without amoCRM.' });
  }
  for (const [key, text] of texts) {
    const wrong = text.match(/amo[\s_-]?crm/gi)?.find((spelling) => spelling !== 'amoCRM');
    if (wrong !== undefined && !/https?:\S*amocrm/i.test(text)) {
      faults.push({ file, what: `${key} spells “${wrong}”.`, whatToDo: 'Write amoCRM.' });
    }
  }
  return faults;
}

function lineOf(json: string, text: string): number {
  const at = json.indexOf(JSON.stringify(text).slice(1, -1));
  return json.slice(0, Math.max(0, at)).split('\n').length;
}
