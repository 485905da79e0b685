import type { Finding } from '../../../../proto/state/finding.ts';
import type { FirstStep } from '../../../../proto/state/first-steps.ts';
import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'notRight'
  | 'firstSteps'
  | 'done'
  | 'toDo'
  | 'callsToday'
  | 'registered'
  | 'lastCall'
  | 'noCall'
  | 'toJournal';

interface Texts extends Record<Label, string> {
  levels: Record<Finding['level'], string>;
  places: Record<'amocrm' | 'rules' | 'pbxs' | 'employees' | 'journal' | 'general' | 'licence' | 'backfill', string>;
  steps: Record<FirstStep['step'], { title: string; how: string }>;
  /** @param count of what is not right */
  overallAbout(count: number): string;
}

const russianPlural = new Intl.PluralRules('ru');
const matters: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'вопрос', few: 'вопроса', many: 'вопросов' };

export const texts: Words<Texts> = {
  ru: {
    ...{ title: 'Начало', notRight: 'Что не в порядке', firstSteps: 'Первые шаги', done: 'сделано', toDo: 'предстоит' },
    ...{ callsToday: 'Звонков сегодня', registered: 'Записано в amoCRM за сутки' },
    ...{ lastCall: 'Последний звонок', noCall: 'ещё не было', toJournal: 'Все звонки' },
    levels: { warning: 'замечание', error: 'неполадка' },
    places: {
      ...{ amocrm: 'Подключить amoCRM', rules: 'Посмотреть правила' },
      ...{ pbxs: 'Настроить АТС', employees: 'Связать номера', journal: 'Посмотреть звонки' },
      ...{ general: 'Изменить ограничение', licence: 'Открыть лицензию' },
      backfill: 'Открыть прошлые звонки',
    },
    steps: {
      'connect-amocrm': {
        title: 'Подключить amoCRM',
        how: 'Понадобится администратор аккаунта: он разрешит интеграцию на странице amoCRM.',
      },
      'connect-pbx': {
        title: 'Подключить АТС',
        how: 'Нужен адрес базы, где Asterisk пишет CEL и CDR, и пользователь с правом SELECT. Кнопка «Проверить» скажет, всё ли готово.',
      },
      'map-employees': {
        title: 'Связать сотрудников с номерами',
        how: 'Чей внутренний номер — тот и видит карточку. Если номера записаны у пользователей amoCRM, Ringflow найдёт их сам.',
      },
      'first-call': {
        title: 'Увидеть первый звонок',
        how: 'Позвоните на номер компании и положите трубку: через несколько секунд звонок появится в журнале.',
      },
      'first-card': {
        title: 'Увидеть первую карточку',
        how: 'Откройте amoCRM и позвоните ещё раз: пока звонит ваш телефон, всплывёт карточка клиента.',
      },
    },
    overallAbout: (count) =>
      count === 0
        ? 'Звонки читаются и попадают в amoCRM.'
        : `Ниже ${count} ${matters[russianPlural.select(count)] ?? matters.many}: что это и что сделать.`,
  },
  en: {
    ...{ title: 'Start', notRight: 'What is not right', firstSteps: 'First steps', done: 'done', toDo: 'to do' },
    ...{ callsToday: 'Calls today', registered: 'Registered in amoCRM in 24 h' },
    ...{ lastCall: 'Last call', noCall: 'none yet', toJournal: 'All calls' },
    levels: { warning: 'remark', error: 'trouble' },
    places: {
      ...{ amocrm: 'Connect amoCRM', rules: 'See the rules' },
      ...{ pbxs: 'Set up the PBX', employees: 'Say who has which', journal: 'See the calls' },
      ...{ general: 'Change the limit', licence: 'Open the licence' },
      backfill: 'Open calls of the past',
    },
    steps: {
      'connect-amocrm': {
        title: 'Connect amoCRM',
        how: 'You need an administrator of the account, who allows the integration on a page of amoCRM.',
      },
      'connect-pbx': {
        title: 'Connect the PBX',
        how: 'You need the address of the database in which Asterisk writes CEL and CDR, and a user with SELECT. “Check” says whether it is ready.',
      },
      'map-employees': {
        title: 'Say who has which extension',
        how: 'Whose extension rings sees the card. If the users of amoCRM have their extensions as phone numbers, Ringflow finds them.',
      },
      'first-call': {
        title: 'See the first call',
        how: 'Call a number of the company and hang up: seconds later the call stands in the journal.',
      },
      'first-card': {
        title: 'See the first card',
        how: 'Open amoCRM and call once more: while your phone rings the card of the client comes up.',
      },
    },
    overallAbout: (count) =>
      count === 0
        ? 'Calls are read and come to amoCRM.'
        : count === 1
          ? 'One matter below, with what to do.'
          : `${count} matters below, each with what to do.`,
  },
};
