import type { BackfillOutcome, BackfillState } from '../../../../proto/backfill.ts';
import type { Words } from '../../../kit/language.tsx';
import type { QuickChoice } from './period.ts';

type Label =
  | ('title' | 'about' | 'notYours' | 'notYoursText' | 'noPbx' | 'noPbxText')
  | ('bring' | 'pbx' | 'from' | 'to' | 'quick' | 'periodFault' | 'scope' | 'records' | 'recordsMeans')
  | ('everything' | 'everythingMeans' | 'leaveOthers' | 'leaveOthersMeans' | 'begin')
  | ('which' | 'byPeriod' | 'byCalls' | 'linkedids' | 'linkedidsMeans' | 'again')
  | ('sureTitle' | 'sureRecords' | 'sureEverything' | 'sureLeave' | 'sureTwice' | 'sureEnd' | 'yes' | 'no')
  | ('list' | 'none' | 'noneText' | 'stopping' | 'pausedMeans' | 'stoppingMeans')
  | ('waits' | 'waitsText' | 'failed' | 'lost' | 'anew')
  | ('pause' | 'resume' | 'cancel' | 'cancelSure' | 'workflow' | 'result' | 'all' | 'noCalls' | 'noCallsYet')
  | ('noneOfThese' | 'when' | 'call' | 'became' | 'more' | 'inHand' | 'left' | 'underWay' | 'partOf' | 'nothingTold');

interface Texts extends Record<Label, string> {
  choices: Record<QuickChoice, string>;
  states: Record<BackfillState, string>;
  outcomes: Record<BackfillOutcome, string>;
  clock(zone: string): string;
  read(percent: number): string;
  numbered(id: number): string;
  calls(count: number): string;
  chosen(count: number): string;
  notTold(why: string): string;
  /** Of what was written in place of a linkedid. */
  noLinkedid(text: string): string;
  tooMany(count: number): string;
  notFound(linkedids: readonly string[]): string;
  letGo(outcome: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Прошлые звонки',
    about:
      'Звонки, которых нет в amoCRM: до установки Ringflow или за время простоя. Они читаются из базы АТС и записываются каждый один раз.',
    ...{ notYours: 'Прошлые звонки загружает администратор', notYoursText: 'Выберите другую страницу в меню.' },
    ...{ noPbx: 'АТС ещё не подключена', noPbxText: 'Подключите её на странице «АТС» и вернитесь сюда.' },
    ...{ bring: 'Загрузить звонки', pbx: 'АТС', from: 'С', to: 'До', quick: 'Быстрый выбор периода' },
    choices: { yesterday: 'Вчера', week: 'Последние 7 дней', month: 'Последние 30 дней' },
    clock: (zone) => `По часам АТС (${zone}). Загружаются звонки, которые начались в этот период.`,
    periodFault: 'Период должен начинаться в прошлом, заканчиваться позже, чем начинается, и длиться не больше года.',
    ...{ which: 'Какие звонки', byPeriod: 'За период', byCalls: 'Выбранные' },
    linkedids: 'Номера звонков (linkedid)',
    linkedidsMeans:
      'По одному в строке, до 1000, например 1795597200.17. Они стоят в таблице CEL в столбце linkedid и на странице звонка в журнале.',
    noLinkedid: (text) => `«${text}» — не linkedid: в нём должны быть цифры, например 1795597200.17.`,
    tooMany: (count) => `Здесь ${count}, а за раз загружается до 1000. Разделите их на части.`,
    notFound: (linkedids) => `Не нашлись в таблице CEL: ${linkedids.join(', ')}. Проверьте linkedid и АТС.`,
    again: 'Загрузить эти звонки ещё раз…',
    letGo: (outcome) =>
      `Было: ${outcome}. Подробностей больше нет: срок, на который хранятся звонки в журнале, прошёл.`,
    scope: 'Что сделать',
    records: 'Только сами звонки',
    recordsMeans:
      'Звонки встанут в историю клиентов на своё время. Для неизвестных номеров появятся контакты или неразобранное, если их создают ваши правила. Сделок, задач, тегов и хуков не будет.',
    everything: 'Всё, что велят правила',
    everythingMeans:
      'Ещё и сделки, задачи, теги, этапы и хуки — как будто звонки идут сегодня. Задачи перезвонить окажутся давно просроченными.',
    leaveOthers: 'Не трогать звонки, которые записал другой продукт',
    leaveOthersMeans:
      'Ringflow сначала ищет в amoCRM звонок с тем же номером, временем и длительностью и второй не записывает. Запросов больше, поэтому дольше.',
    begin: 'Загрузить…',
    sureTitle: 'Загрузить прошлые звонки?',
    sureRecords: 'В amoCRM появятся звонки и контакты, которых там не хватает; больше ничего.',
    sureEverything: 'Правила выполнятся целиком: появятся и сделки, и задачи, в том числе уже просроченные.',
    sureLeave: 'Звонки, которые записал другой продукт, останутся как есть.',
    sureTwice: 'Если эти звонки уже записал другой продукт, в amoCRM они окажутся дважды.',
    sureEnd:
      'Что Ringflow записал раньше, второй раз не появится. Карточки никому не покажутся, сегодняшние звонки идут вперёд. Загрузку можно приостановить или остановить; записанное останется.',
    ...{ yes: 'Да, загрузить', no: 'Отмена' },
    list: 'Загрузки',
    none: 'Загрузок ещё не было',
    noneText: 'Выберите период и нажмите «Загрузить…». Здесь будет видно, как всё идёт и что стало с каждым звонком.',
    states: {
      ...{ running: 'идёт', paused: 'на паузе', done: 'завершена', cancelled: 'остановлена', failed: 'не удалась' },
      lost: 'прервана',
    },
    stopping: 'останавливается',
    pausedMeans: 'Новые звонки не берутся, уже взятые доводятся до конца.',
    stoppingMeans:
      'Взятые звонки доводятся до конца; если amoCRM не отвечает, они запишутся сами, когда она вернётся. Записанное останется.',
    waits: 'Загрузка ждёт',
    waitsText: 'Как только она ответит, загрузка продолжится сама. Не отвечает долго — проверьте её на странице «АТС».',
    ...{ failed: 'Загрузка не удалась', lost: 'Загрузка прервана' },
    anew: 'Запустите её снова за тот же период: записанное второй раз не появится.',
    ...{ pause: 'Приостановить', resume: 'Продолжить', cancel: 'Остановить', cancelSure: 'Точно остановить?' },
    workflow: 'Процесс в Temporal',
    ...{ result: 'Что стало со звонками', all: 'Все' },
    noCalls: 'За этот период АТС не записала ни одного звонка.',
    noCallsYet: 'Звонков пока не нашлось.',
    noneOfThese: 'Таких звонков нет.',
    ...{ when: 'Когда', call: 'Звонок', became: 'Что с ним стало', more: 'Показать ещё' },
    outcomes: {
      ...{ inHand: 'в работе', registered: 'записаны', left: 'были раньше', notSent: 'не отправлены' },
      ...{ unlicensed: 'вне лицензии', needsAttention: 'нужно внимание', underWay: 'ещё идут' },
      ...{ joined: 'часть другого звонка', notTold: 'неизвестно' },
    },
    inHand: 'Обрабатывается прямо сейчас.',
    left: 'Был в журнале и раньше, оставлен как есть.',
    underWay: 'Ещё идёт, ждёт решения или amoCRM: дальше он записывается сам, без загрузки.',
    partOf: 'Часть звонка',
    nothingTold: 'В журнале о нём ничего нет. Загрузите его ещё раз.',
    read: (percent) => `Прочитано ${percent} %`,
    numbered: (id) => `Загрузка № ${id}`,
    calls: (count) => `Звонков: ${count}`,
    chosen: (count) => `Выбранные звонки: ${count}`,
    notTold: (why) => `Рассказать о нём нечего: ${why}`,
  },
  en: {
    title: 'Calls of the past',
    about:
      'Calls that amoCRM lacks, from before Ringflow or while it stood still. They are read from the database of the PBX and registered once each.',
    ...{
      notYours: 'Calls of the past are the business of an administrator',
      notYoursText: 'Choose another page in the menu.',
    },
    ...{ noPbx: 'No PBX is connected yet', noPbxText: 'Connect it on the page “PBXs”, then come back.' },
    ...{ bring: 'Bring calls', pbx: 'PBX', from: 'From', to: 'Before', quick: 'Quick choice of the period' },
    choices: { yesterday: 'Yesterday', week: 'Last 7 days', month: 'Last 30 days' },
    clock: (zone) => `By the clock of the PBX (${zone}). Calls that began in this period are brought.`,
    periodFault: 'The period has to begin in the past, to end after it begins, and to last a year at most.',
    ...{ which: 'Which calls', byPeriod: 'Of a period', byCalls: 'Chosen ones' },
    linkedids: 'Linkedids of the calls',
    linkedidsMeans:
      'One on each line, up to 1000, such as 1795597200.17. They stand in the CEL table in the column linkedid, and on a call’s page in the journal.',
    noLinkedid: (text) => `“${text}” is no linkedid: that has digits, such as 1795597200.17.`,
    tooMany: (count) => `There are ${count}, and up to 1000 are brought at a time. Divide them.`,
    notFound: (linkedids) => `Not found in the CEL table: ${linkedids.join(', ')}. Check linkedids and PBX.`,
    again: 'Bring these calls once more…',
    letGo: (outcome) => `It was: ${outcome}. No more is known: the time for which the journal keeps calls is over.`,
    scope: 'What is done',
    records: 'The calls alone',
    recordsMeans:
      'Calls stand in the histories of their clients, at their own times. Unknown numbers get contacts or incoming leads where your rules make them. No leads, tasks, tags or hooks.',
    everything: 'All that the rules ask for',
    everythingMeans:
      'Also leads, tasks, tags, stages and hooks, as if the calls came today. Tasks to call back will be long overdue.',
    leaveOthers: 'Leave calls that another product has put there',
    leaveOthersMeans:
      'Ringflow first looks in amoCRM for a call of the same number, time and length, and does not register it twice. More requests, so it takes longer.',
    begin: 'Bring them…',
    sureTitle: 'Bring calls of the past?',
    sureRecords: 'amoCRM gets the calls and contacts that it lacks, and nothing else.',
    sureEverything: 'The rules are carried out in full: there will be leads and tasks too, also overdue ones.',
    sureLeave: 'Calls that another product has registered are left as they are.',
    sureTwice: 'If another product has registered these calls, they will stand in amoCRM twice.',
    sureEnd:
      'What Ringflow has registered before does not appear twice. Nobody gets a card, and calls of today go first. You can pause or stop it; what was registered stays.',
    ...{ yes: 'Yes, bring them', no: 'Cancel' },
    list: 'What was brought',
    none: 'Nothing was brought yet',
    noneText: 'Choose a period and press “Bring them…”. Here you see how it goes and what became of each call.',
    states: {
      ...{
        running: 'running',
        paused: 'paused',
        done: 'done',
        cancelled: 'stopped',
        failed: 'failed',
        lost: 'broken off',
      },
    },
    stopping: 'stopping',
    pausedMeans: 'No more calls are begun; those in hand come to their end.',
    stoppingMeans:
      'The calls in hand come to their end; while amoCRM is away, by themselves when it is back. What was registered stays.',
    waits: 'It waits',
    waitsText: 'It goes on by itself once the database answers. If that takes long, check it on the page “PBXs”.',
    ...{ failed: 'It has failed', lost: 'It was broken off' },
    anew: 'Begin it again for the same period: what was registered does not appear twice.',
    ...{ pause: 'Pause', resume: 'Go on', cancel: 'Stop', cancelSure: 'Really stop?' },
    workflow: 'Workflow in Temporal',
    ...{ result: 'What became of the calls', all: 'All' },
    noCalls: 'The PBX has written no call in this period.',
    noCallsYet: 'No call was found so far.',
    noneOfThese: 'There are no such calls.',
    ...{ when: 'When', call: 'Call', became: 'What became of it', more: 'Show more' },
    outcomes: {
      ...{ inHand: 'in hand', registered: 'registered', left: 'stood there before', notSent: 'not sent' },
      ...{ unlicensed: 'not licensed', needsAttention: 'need attention', underWay: 'still go on' },
      ...{ joined: 'part of another call', notTold: 'not known' },
    },
    inHand: 'It is at work now.',
    left: 'It stood in the journal before and was left as it was.',
    underWay: 'It still goes on, or waits for a person or amoCRM: it is registered by itself, without this.',
    partOf: 'Part of the call',
    nothingTold: 'The journal says nothing of it. Bring it once more.',
    read: (percent) => `${percent} % read`,
    numbered: (id) => `Calls of the past, no. ${id}`,
    calls: (count) => `Calls: ${count}`,
    chosen: (count) => `Chosen calls: ${count}`,
    notTold: (why) => `Nothing can be told of it: ${why}`,
  },
};
