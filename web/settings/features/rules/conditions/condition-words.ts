import type { RuleCondition } from '../../../../../proto/rule.ts';
import type { ConditionName } from '../../../../../workflows/call/decide/matching.ts';
import type { Words } from '../../../../kit/language.tsx';
import { callTexts } from '../../journal/call-words.ts';
import { type Named, type Names, namedOf } from '../names.ts';

export type ConditionValue<C extends ConditionName> = NonNullable<RuleCondition[C]>;

interface ConditionText<C extends ConditionName> {
  label: string;
  /** As a part of a sentence. */
  says(value: ConditionValue<C>, names: Names): string;
}

/** How each condition is called and told. */
export type ConditionTexts = { [C in ConditionName]: ConditionText<C> };

const alternatives = (language: string) => {
  const list = new Intl.ListFormat(language, { type: 'disjunction' });
  return (all: readonly string[]) => list.format(all) || '…'; // nothing is chosen yet
};
const orRu = alternatives('ru');
const orEn = alternatives('en');
const quotedRu = (all: readonly Named[], ids: readonly string[]) => orRu(ids.map((id) => `«${namedOf(all, id)}»`));
const quotedEn = (all: readonly Named[], ids: readonly string[]) => orEn(ids.map((id) => `“${namedOf(all, id)}”`));

type Range = { from?: number; below?: number };
const rangeRu = ({ from, below }: Range) =>
  [from !== undefined ? `от ${from} с` : '', below !== undefined ? `меньше ${below} с` : '']
    .filter(Boolean)
    .join(', ') || 'сколько угодно';
const rangeEn = ({ from, below }: Range) =>
  [from !== undefined ? `${from} s or more` : '', below !== undefined ? `less than ${below} s` : '']
    .filter(Boolean)
    .join(', ') || 'any time';

export const conditionTexts: Words<ConditionTexts> = {
  ru: {
    direction: {
      label: 'Направление',
      says: (wanted) => orRu(wanted.map((one) => callTexts.ru.directions[one])),
    },
    result: { label: 'Результат', says: (wanted) => orRu(wanted.map((one) => callTexts.ru.results[one])) },
    clientKnown: {
      label: 'Клиент в amoCRM',
      says: (isKnown) => (isKnown ? 'клиент есть в amoCRM' : 'клиента нет в amoCRM'),
    },
    dids: { label: 'Набранный номер', says: (dids) => `на номер ${orRu(dids)}` },
    trunks: { label: 'Транк', says: (trunks) => `через транк ${orRu(trunks)}` },
    queues: { label: 'Очередь', says: (queues) => `в очереди ${orRu(queues)}` },
    extensions: { label: 'Внутренний номер', says: (numbers) => `с участием ${orRu(numbers)}` },
    waitedSeconds: { label: 'Время ожидания', says: (range) => `ожидание ${rangeRu(range)}` },
    talkedSeconds: { label: 'Время разговора', says: (range) => `разговор ${rangeRu(range)}` },
    lostInIvr: {
      label: 'Потерян в голосовом меню',
      says: (wasLost) => (wasLost ? 'клиент положил трубку в меню' : 'не потерян в меню'),
    },
    inLists: { label: 'В списке номеров', says: (ids, { lists }) => `номер в списке ${quotedRu(lists, ids)}` },
    notInLists: {
      label: 'Не в списке номеров',
      says: (ids, { lists }) => `номера нет в списке ${quotedRu(lists, ids)}`,
    },
    calendar: {
      label: 'Рабочее время',
      says: ({ id, is }, { calendars }) =>
        `${is === 'open' ? 'в рабочее время' : 'в нерабочее время'} (${quotedRu(calendars, [id])})`,
    },
    hours: {
      label: 'Рабочее время номера',
      says: (is) => (is === 'open' ? 'в рабочее время номера' : 'в нерабочее время номера'),
    },
  },
  en: {
    direction: { label: 'Direction', says: (wanted) => orEn(wanted.map((one) => callTexts.en.directions[one])) },
    result: { label: 'Result', says: (wanted) => orEn(wanted.map((one) => callTexts.en.results[one])) },
    clientKnown: {
      label: 'Client in amoCRM',
      says: (isKnown) => (isKnown ? 'the client is in amoCRM' : 'the client is not in amoCRM'),
    },
    dids: { label: 'Number called', says: (dids) => `to ${orEn(dids)}` },
    trunks: { label: 'Trunk', says: (trunks) => `by the trunk ${orEn(trunks)}` },
    queues: { label: 'Queue', says: (queues) => `in the queue ${orEn(queues)}` },
    extensions: { label: 'Extension', says: (numbers) => `with ${orEn(numbers)}` },
    waitedSeconds: { label: 'Time waited', says: (range) => `waited ${rangeEn(range)}` },
    talkedSeconds: { label: 'Time talked', says: (range) => `talked ${rangeEn(range)}` },
    lostInIvr: {
      label: 'Lost in the voice menu',
      says: (wasLost) => (wasLost ? 'the client hung up in the menu' : 'not lost in the menu'),
    },
    inLists: { label: 'On a number list', says: (ids, { lists }) => `number on the list ${quotedEn(lists, ids)}` },
    notInLists: {
      label: 'Not on a number list',
      says: (ids, { lists }) => `number not on the list ${quotedEn(lists, ids)}`,
    },
    calendar: {
      label: 'Opening hours',
      says: ({ id, is }, { calendars }) =>
        `${is === 'open' ? 'while open' : 'while closed'} (${quotedEn(calendars, [id])})`,
    },
    hours: {
      label: 'Hours of the number called',
      says: (is) => (is === 'open' ? "within the number's hours" : "outside the number's hours"),
    },
  },
};
