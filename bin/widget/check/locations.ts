import type { ArchiveFiles } from './archive-files.ts';
import type { Fault } from './fault.ts';
import { asObject, asStrings, type Manifest } from './manifest.ts';
import { textOf } from './text-files.ts';

/** Where numbers and e-mails are shown, and cards and lists have a column for widgets. */
const cards = ['lcard', 'ccard', 'comcard', 'cucard'];
const lists = ['llist', 'clist', 'culist', 'tlist'];

/** How a script that uses a location shows it; an empty list: there is nothing to see in a script. */
const usedBy: Record<string, readonly RegExp[]> = {
  ...Object.fromEntries(
    cards.map((card) => [
      card,
      [/\badd_action\b/, /\badd_source\b/, /\brender_template\b/, /[lc]card|comcard|cucard|isCard\b|current_card\b/],
    ]),
  ),
  ...Object.fromEntries(
    lists.map((list) => [list, [/\badd_action\b/, /\bselected\b/, /[lct]list|culist|current_list\b/]]),
  ),
  settings: [/\bsettings\s*[:(=]/],
  advanced_settings: [/\badvancedSettings\b/],
  card_sdk: [/\bloadPreloadedData\b/],
  catalogs: [/\bloadCatalogElement\b|\bcatalog/i],
  digital_pipeline: [/\bdpSettings\b/],
  lead_sources: [/\bonSource\b/, /\bonAddAsSource\b/],
  salesbot_designer: [/\bonSalesbotDesignerSave\b/],
  everywhere: [],
  whatsapp_modal: [],
  sms: [],
  mobile_card: [],
  amoforms: [],
};

/** Parts of the manifest without which a location does not work. */
const needs: Record<string, string> = {
  advanced_settings: 'advanced',
  digital_pipeline: 'dp',
  salesbot_designer: 'salesbot_designer',
  sms: 'sms',
  mobile_card: 'mobile',
  amoforms: 'amoforms_settings',
};

const withColumn = new Set([...cards, ...lists]);

/** Locations are known ones, and only those that the widget uses. */
export function checkLocations(files: ArchiveFiles, manifest: Manifest): Fault[] {
  const { locations } = manifest;
  if (!Array.isArray(locations) || locations.length === 0) {
    return [faultOf('locations is missing.', 'List the areas of amoCRM in which the widget works.')];
  }
  const scripts = [...files.keys()].filter((path) => path.endsWith('.js')).map((path) => textOf(files, path));
  const script = scripts.join('\n');
  const twice = locations.filter((one, index) => locations.indexOf(one) !== index);
  return [
    ...twice.map((one) => faultOf(`locations names ${one} twice.`, 'Name each area once.')),
    ...asStrings(locations).flatMap((location) => checkLocation(location, script, manifest)),
    ...(locations.some((one) => typeof one !== 'string')
      ? [faultOf('locations has what is no text.', 'Take it out.')]
      : []),
  ];
}

function checkLocation(location: string, script: string, manifest: Manifest): Fault[] {
  const [, area = location, column] = /^(.*)-([01])$/.exec(location) ?? [];
  const signs = Object.hasOwn(usedBy, area) ? usedBy[area] : undefined;
  if (!signs || (column !== undefined && !withColumn.has(area))) {
    return [faultOf(`the location ${location} is not known.`, 'See the list of areas in amoCRM’s documentation.')];
  }
  const part = needs[area];
  if (part !== undefined && Object.keys(asObject(manifest[part])).length === 0) {
    return [faultOf(`the location ${location} needs the part ${part}.`, `Write ${part}, or take the location out.`)];
  }
  const hasColumn = withColumn.has(area) && column !== '0';
  if (hasColumn && !/\brender_template\b/.test(script)) {
    const whatToDo = `Write ${area}-0 for an area without the column.`;
    return [faultOf(`the location ${location} asks for the right column, which the script does not fill.`, whatToDo)];
  }
  const isUsed = signs.length === 0 || signs.some((sign) => sign.test(script));
  return isUsed ? [] : [faultOf(`the location ${location} is not used by the script.`, 'Take it out.')];
}

const faultOf = (what: string, whatToDo: string): Fault => ({ file: 'manifest.json', what, whatToDo });
