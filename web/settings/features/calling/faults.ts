import { faultsOfSettings } from '../../../../proto/account-settings.ts';
import type { CallingSettings } from '../../../../proto/calling/settings.ts';
import { untouchedSettings } from '../../../../proto/untouched-settings.ts';
import type { Language, Words } from '../../../kit/language.tsx';
import { faultInWords, faultTexts } from '../../ui/fault-words.ts';
import type { EmployeeValues } from './values.ts';

/** Place in the section (`pbxs/main/channel`, `employees/101/prefix`), or `rows/0` of a row → what is wrong there. */
export type Faults = Record<string, string>;

/** What is wrong with the section, as settings are checked everywhere, and what only the rows of the form show. */
export function faultsIn(
  calling: CallingSettings | null,
  rows: readonly Pick<EmployeeValues, 'extension'>[],
  language: Language,
): Faults {
  const settings = { ...untouchedSettings(language), ...(calling && { calling }) };
  const found = faultsOfSettings(settings).flatMap((fault) => {
    const [, whole, sentence = ''] = /^\/calling\/([^:]+): (.*)$/s.exec(fault) ?? [];
    if (whole === undefined) return [];
    const place = whole.replace(/(refusedPrefixes|countries)\/\d+$/, '$1');
    const field = place.split('/').at(-1) as keyof typeof words.en;
    return [[place, words[language][field] ?? faultInWords({ place, sentence }, faultTexts[language])]];
  });
  return { ...Object.fromEntries(found), ...faultsOfRows(rows, language) };
}

function faultsOfRows(rows: readonly Pick<EmployeeValues, 'extension'>[], language: Language): Faults {
  const all = rows.map(({ extension }) => extension);
  const { nobody, twice } = rowWords[language];
  return Object.fromEntries(
    all.flatMap((extension, index) => {
      if (extension === '') return [[`rows/${index}`, nobody]];
      return all.indexOf(extension) === index ? [] : [[`rows/${index}`, twice]];
    }),
  );
}

/** The fields in which one writes what Asterisk reads. */
const words = {
  ru: {
    channel: 'Так: PJSIP/{extension}, SIP/{extension} или Local/{extension}@from-internal.',
    context: 'Имя контекста из диалплана, например from-internal: латинские буквы, цифры, - и _.',
    prefix: 'Только цифры, * и #, не больше десяти.',
    callerId: 'Номер целиком, только цифры: например, +74951234567.',
    callerIdVariable: 'Имя переменной: латинские буквы, цифры и _.',
    refusedPrefixes: 'Только цифры, с кодом страны: например, 7809.',
    autoAnswer: 'Сам ответить может только телефон PJSIP/… или SIP/…. Выберите «Не отвечает сам» или другой канал.',
  },
  en: {
    channel: 'As PJSIP/{extension}, SIP/{extension} or Local/{extension}@from-internal.',
    context: 'The name of a context of the dialplan such as from-internal: Latin letters, digits, - and _.',
    prefix: 'Digits, * and # only, ten at most.',
    callerId: 'A whole number of digits, such as +74951234567.',
    callerIdVariable: 'The name of a variable: Latin letters, digits and _.',
    refusedPrefixes: 'Digits only, with the country code, such as 7809.',
    autoAnswer: 'Only a phone called as PJSIP/… or SIP/… can answer by itself. Choose “Does not” or another channel.',
  },
} as const;

const rowWords: Words<Record<'nobody' | 'twice', string>> = {
  ru: { nobody: 'Выберите сотрудника или уберите строку.', twice: 'Этот сотрудник уже есть выше.' },
  en: { nobody: 'Choose an employee, or remove the row.', twice: 'This employee stands above already.' },
};
