import { faultsOfSettings } from '../../../../../proto/account-settings.ts';
import { untouchedSettings } from '../../../../../proto/untouched-settings.ts';
import type { Language } from '../../../../kit/language.tsx';
import { faultInWords, faultTexts } from '../../../ui/fault-words.ts';
import type { Described, DescriptionValues } from './values.ts';
import { bareNumber } from './values.ts';

/** Place in the description (`rewriting/0/begins`) → what is wrong there. */
export type Faults = Record<string, string>;

/** What is wrong with a description, as the settings are checked everywhere, and what a table hides: a number twice. */
export function faultsIn(described: Described, values: DescriptionValues, language: Language): Faults {
  const found = faultsOfSettings({ ...untouchedSettings(language), pbxs: { it: described } }).flatMap((fault) => {
    const [, place, sentence = ''] = /^\/pbxs\/it\/([^:]+): (.*)$/s.exec(fault) ?? [];
    return place === undefined ? [] : [[place, faultInWords({ place, sentence }, faultTexts[language])]];
  });
  return { ...Object.fromEntries(found), ...faultsOfRows(values, language) };
}

function faultsOfRows({ dids, groups, queues, mobiles }: DescriptionValues, language: Language): Faults {
  const tables = { dids, groups, queues, mobiles };
  return Object.fromEntries(
    Object.entries(tables).flatMap(([name, rows]) => {
      const numbers = rows.map(({ number }) => (name === 'mobiles' ? bareNumber(number) : number.trim()));
      return numbers.flatMap((number, index) => {
        const fault = faultOfNumber(number, numbers, name, language);
        return fault === undefined ? [] : [[`${name}/${index}/number`, fault]];
      });
    }),
  );
}

function faultOfNumber(number: string, all: readonly string[], table: string, language: Language): string | undefined {
  const { empty, twice, mobile } = words[language];
  if (number === '') return empty;
  if (table === 'mobiles' && !/^\d{3,20}\*?$/.test(number)) return mobile;
  return all.indexOf(number) === all.lastIndexOf(number) ? undefined : twice;
}

const words = {
  ru: {
    empty: 'Впишите номер или уберите строку.',
    twice: 'Этот номер стоит дважды.',
    mobile: 'Цифры с кодом страны; * — только в конце, для начала номера.',
  },
  en: {
    empty: 'Enter a number, or remove the row.',
    twice: 'This number stands twice.',
    mobile: 'Digits with the country code; * only at the end, for a beginning.',
  },
} as const;
