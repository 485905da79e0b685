import type { RuleCondition } from '../../../../../proto/rule.ts';
import type { ConditionName } from '../../../../../workflows/call/decide/matching.ts';
import type { Words } from '../../../app/language.tsx';
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

const quoted = (open: string, close: string) => (all: readonly Named[], ids: readonly string[], or: string) =>
  ids.map((id) => `${open}${namedOf(all, id)}${close}`).join(or);
const ru = quoted('«', '»');
const en = quoted('“', '”');

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
      says: (wanted) => wanted.map((one) => callTexts.ru.directions[one]).join(' или '),
    },
    result: { label: 'Результат', says: (wanted) => wanted.map((one) => callTexts.ru.results[one]).join(' или ') },
    clientKnown: {
      label: 'Клиент в amoCRM',
      says: (isKnown) => (isKnown ? 'клиент есть в amoCRM' : 'клиента нет в amoCRM'),
    },
    dids: { label: 'Набранный номер', says: (dids) => `на номер ${dids.join(' или ')}` },
    trunks: { label: 'Транк', says: (trunks) => `через транк ${trunks.join(' или ')}` },
    queues: { label: 'Очередь', says: (queues) => `в очереди ${queues.join(' или ')}` },
    extensions: { label: 'Внутренний номер', says: (numbers) => `с участием ${numbers.join(' или ')}` },
    waitedSeconds: { label: 'Время ожидания', says: (range) => `ожидание ${rangeRu(range)}` },
    talkedSeconds: { label: 'Время разговора', says: (range) => `разговор ${rangeRu(range)}` },
    lostInIvr: {
      label: 'Потерян в голосовом меню',
      says: (wasLost) => (wasLost ? 'клиент положил трубку в меню' : 'не потерян в меню'),
    },
    inLists: { label: 'В списке номеров', says: (ids, { lists }) => `номер в списке ${ru(lists, ids, ' или ')}` },
    notInLists: {
      label: 'Не в списке номеров',
      says: (ids, { lists }) => `номера нет в списке ${ru(lists, ids, ' и ')}`,
    },
    calendar: {
      label: 'Рабочее время',
      says: ({ id, is }, { calendars }) =>
        `${is === 'open' ? 'в рабочее время' : 'в нерабочее время'} (${ru(calendars, [id], '')})`,
    },
    hours: {
      label: 'Рабочее время номера',
      says: (is) => (is === 'open' ? 'в рабочее время номера' : 'в нерабочее время номера'),
    },
  },
  en: {
    direction: { label: 'Direction', says: (wanted) => wanted.map((one) => callTexts.en.directions[one]).join(' or ') },
    result: { label: 'Result', says: (wanted) => wanted.map((one) => callTexts.en.results[one]).join(' or ') },
    clientKnown: {
      label: 'Client in amoCRM',
      says: (isKnown) => (isKnown ? 'the client is in amoCRM' : 'the client is not in amoCRM'),
    },
    dids: { label: 'Number called', says: (dids) => `to ${dids.join(' or ')}` },
    trunks: { label: 'Trunk', says: (trunks) => `by the trunk ${trunks.join(' or ')}` },
    queues: { label: 'Queue', says: (queues) => `in the queue ${queues.join(' or ')}` },
    extensions: { label: 'Extension', says: (numbers) => `with ${numbers.join(' or ')}` },
    waitedSeconds: { label: 'Time waited', says: (range) => `waited ${rangeEn(range)}` },
    talkedSeconds: { label: 'Time talked', says: (range) => `talked ${rangeEn(range)}` },
    lostInIvr: {
      label: 'Lost in the voice menu',
      says: (wasLost) => (wasLost ? 'the client hung up in the menu' : 'not lost in the menu'),
    },
    inLists: { label: 'On a number list', says: (ids, { lists }) => `number on the list ${en(lists, ids, ' or ')}` },
    notInLists: {
      label: 'Not on a number list',
      says: (ids, { lists }) => `number not on the list ${en(lists, ids, ' or ')}`,
    },
    calendar: {
      label: 'Opening hours',
      says: ({ id, is }, { calendars }) =>
        `${is === 'open' ? 'while open' : 'while closed'} (${en(calendars, [id], '')})`,
    },
    hours: {
      label: 'Hours of the number called',
      says: (is) => (is === 'open' ? "within the number's hours" : "outside the number's hours"),
    },
  },
};
