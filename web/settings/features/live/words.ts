import type { Words } from '../../../kit/language.tsx';
import type { Place } from './board.ts';
import type { Following } from './following.ts';

type Label =
  | ('title' | 'about' | 'calls' | 'none' | 'noneText' | 'board' | 'nobody' | 'over' | 'open' | 'beingWritten')
  | ('waits' | 'lostText' | 'lasts' | 'blind');

interface Texts extends Record<Label, string> {
  connection: Record<Following['connection'], string>;
  doing: Record<Place['doing'], string>;
  inQueue(queue: string): string;
  handedOn(from: string, to: string): string;
  /** For who hears the page instead of seeing it. */
  summary(calls: number, ringing: number): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Звонки сейчас',
    about: 'Кто с кем говорит в эту минуту. Страница обновляется сама.',
    calls: 'Идут звонки',
    none: 'Сейчас никто не звонит',
    noneText: 'Новый звонок появится здесь сам.',
    board: 'Сотрудники',
    nobody: 'Сотрудников пока не видно: добавьте их на странице «Сотрудники».',
    over: 'Только что закончились',
    open: 'Открыть в журнале',
    beingWritten: 'записывается в журнал…',
    waits: 'ждёт ответа',
    blind: 'Здесь может быть не всё: звонки сейчас не видны',
    lostText: 'Показано то, что было известно до обрыва.',
    lasts: 'длится',
    connection: { connecting: 'Подключаемся…', live: 'На связи', lost: 'Нет связи с Ringflow, пробуем снова' },
    doing: {
      ...{ free: 'не на звонке', rings: 'звонит телефон', dials: 'дозванивается', talks: 'говорит' },
      holds: 'на удержании',
    },
    inQueue: (queue) => `ждёт в очереди ${queue}`,
    handedOn: (from, to) => `перевод: ${from} → ${to}`,
    summary: (calls, ringing) => `Звонков: ${calls}, из них ждут ответа: ${ringing}`,
  },
  en: {
    title: 'Calls now',
    about: 'Who talks with whom at this moment. The page follows by itself.',
    calls: 'Calls that go on',
    none: 'Nobody calls now',
    noneText: 'A new call appears here by itself.',
    board: 'Employees',
    nobody: 'No employees are known yet: add them on the page “Employees”.',
    over: 'Just ended',
    open: 'Open in the journal',
    beingWritten: 'being written into the journal…',
    waits: 'waits for an answer',
    blind: 'This may not be all: calls are not seen at the moment',
    lostText: 'What is shown was known before the connection broke.',
    lasts: 'lasts',
    connection: { connecting: 'Connecting…', live: 'Connected', lost: 'No connection to Ringflow, trying again' },
    doing: { free: 'free', rings: 'phone rings', dials: 'dials', talks: 'talks', holds: 'on hold' },
    inQueue: (queue) => `waits in the queue ${queue}`,
    handedOn: (from, to) => `transferred: ${from} → ${to}`,
    summary: (calls, ringing) => `Calls: ${calls}, waiting for an answer: ${ringing}`,
  },
};
