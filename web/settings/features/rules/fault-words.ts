import type { Words } from '../../app/language.tsx';
import type { RuleFault } from './faults.ts';

type Sentence = (...found: string[]) => string;

/** The server's sentences are for whoever writes settings as JSON; here they are for whoever fills in the form. */
const forms = {
  noList: /^there is no number list (.*); add/,
  noCalendar: /^there is no calendar (.*); add/,
  noHook: /^there is no hook (.*); add/,
  cardAtTheEnd: /^a card is for calls that go on/,
  tooEarly: /^\S+ is for calls that are over/,
  earlyResult: /^a call has no result before/,
  emptyRange: /^nothing is at least (\S+) and below (\S+);/,
  namesNothing: /^names nothing, so this never fits/,
  unreadableDid: /^(.*) never fits; write digits/,
  stageAlone: /^a stage belongs to a pipeline/,
  nobody: /^names nobody/,
  noTags: /^names none/,
  neverOpen: /^(.*) is never open/,
  unknownField: /^\{\{(.*?)\}\} is no field/,
  unclosed: /^not a template: Unclosed tag/,
  unclosedSection: /^not a template: Unclosed section "(.*?)"/,
  unopenedSection: /^not a template: Unopened section "(.*?)"/,
  notChosen: /^(must be one of|is not known here)/,
  noItems: /^must not have fewer than 1 items/,
  empty: /^must not have fewer than 1 characters/,
  tooManyItems: /^must not have more than (\d+) items/,
  tooLong: /^must not have more than (\d+) characters/,
  tooSmall: /^must be >= (\S+)/,
  tooBig: /^must be <= (\S+)/,
} satisfies Record<string, RegExp>;

export const faultTexts: Words<Record<keyof typeof forms, Sentence>> = {
  ru: {
    noList: (id) => `Списка номеров «${id}» больше нет: выберите другой или уберите условие.`,
    noCalendar: (id) => `Календаря «${id}» больше нет: выберите другой или уберите его.`,
    noHook: (id) => `Хука «${id}» больше нет: выберите другой или уберите действие.`,
    cardAtTheEnd: () => 'Карточку показывают, пока звонок идёт: выберите другой момент или уберите действие.',
    tooEarly: () => 'Это можно сделать только после звонка: выберите момент «Звонок окончен» или уберите действие.',
    earlyResult: () => 'Пока звонок идёт, результата нет: уберите условие или выберите момент «Звонок окончен».',
    emptyRange: (from, below) => `Не бывает сразу «от ${from}» и «меньше ${below}»: увеличьте второе.`,
    namesNothing: () => 'Ничего не названо, и правило не подойдёт никогда: назовите хотя бы одно или уберите условие.',
    unreadableDid: (did) => `${did} никогда не подойдёт: пишите цифры с кодом страны, например 74951230001.`,
    stageAlone: () => 'Этап относится к воронке: выберите и её.',
    nobody: () => 'Никто не назван, и ничего не изменится: назовите кого-нибудь или уберите действие.',
    noTags: () => 'Не назван ни один тег: назовите хотя бы один или уберите действие.',
    neverOpen: () => 'В этом календаре нет ни одного рабочего часа, и правило не подойдёт никогда.',
    unknownField: (name) => `Поля {{${name}}} нет: вставьте поле кнопкой ниже.`,
    unclosed: () => 'Поле не закрыто: после имени нужны }}.',
    unclosedSection: (name) => `Часть {{#${name}}} не закрыта: добавьте в её конце {{/${name}}}.`,
    unopenedSection: (name) => `{{/${name}}} закрывает то, что не начато: добавьте перед ней {{#${name}}}.`,
    notChosen: () => 'Ещё не выбрано.',
    noItems: () => 'Выберите хотя бы одно.',
    empty: () => 'Заполните.',
    tooManyItems: (most) => `Не больше ${most}.`,
    tooLong: (most) => `Не длиннее ${most} знаков.`,
    tooSmall: (least) => `Не меньше ${least}.`,
    tooBig: (most) => `Не больше ${most}.`,
  },
  en: {
    noList: (id) => `The number list “${id}” is gone: choose another or take the condition out.`,
    noCalendar: (id) => `The calendar “${id}” is gone: choose another or take it out.`,
    noHook: (id) => `The hook “${id}” is gone: choose another or take the action out.`,
    cardAtTheEnd: () => 'A card is for calls that go on: choose another moment or take the action out.',
    tooEarly: () => 'This is for calls that are over: choose the moment “The call is over” or take the action out.',
    earlyResult: () => 'A call that goes on has no result: take the condition out or choose “The call is over”.',
    emptyRange: (from, below) => `Nothing is ${from} or more and less than ${below}: make the second greater.`,
    namesNothing: () => 'Names nothing, so the rule never fits: name one or take the condition out.',
    unreadableDid: (did) => `${did} never fits: write digits with the country code, such as 74951230001.`,
    stageAlone: () => 'A stage belongs to a pipeline: choose that too.',
    nobody: () => 'Names nobody, so nothing is changed: name somebody or take the action out.',
    noTags: () => 'No tag is named: name one or take the action out.',
    neverOpen: () => 'This calendar has no opening hours, so the rule never fits.',
    unknownField: (name) => `There is no field {{${name}}}: insert one with the button below.`,
    unclosed: () => 'A field is not closed: it ends with }}.',
    unclosedSection: (name) => `The part {{#${name}}} is not closed: put {{/${name}}} at its end.`,
    unopenedSection: (name) => `{{/${name}}} closes what was not begun: put {{#${name}}} before it.`,
    notChosen: () => 'Not chosen yet.',
    noItems: () => 'Choose at least one.',
    empty: () => 'Fill this in.',
    tooManyItems: (most) => `At most ${most}.`,
    tooLong: (most) => `At most ${most} characters.`,
    tooSmall: (least) => `At least ${least}.`,
    tooBig: (most) => `At most ${most}.`,
  },
};

/** A fault for whoever fills in the form; one that has no words here as the server says it. */
export function faultInWords({ place, sentence }: RuleFault, words: Record<keyof typeof forms, Sentence>): string {
  if (/(Id|hook|\/id|byDid\/[^/]*)$/.test(place) && /^must (be|not have fewer)/.test(sentence))
    return words.notChosen();
  for (const name of Object.keys(forms) as (keyof typeof forms)[]) {
    const found = forms[name].exec(sentence);
    if (found) return words[name](...found.slice(1));
  }
  return sentence;
}
