import type { Words } from '../../../kit/language.tsx';

export const tabs = ['missed', 'overview', 'employees', 'dids', 'hours', 'days'] as const;
export type Tab = (typeof tabs)[number];

type Label =
  | ('title' | 'about' | 'csv' | 'pbx' | 'allPbxs' | 'from' | 'to' | 'today' | 'week' | 'month' | 'seconds' | 'noCalls')
  | ('inbound' | 'answered' | 'missed' | 'waitAverage' | 'waitLongest' | 'outbound' | 'reached' | 'talk')
  | (
      | 'client'
      | 'phone'
      | 'lastAt'
      | 'times'
      | 'did'
      | 'rang'
      | 'attempts'
      | 'waited'
      | 'links'
      | 'inJournal'
      | 'inAmocrm'
    )
  | ('missedTitle' | 'missedAbout' | 'noneMissed' | 'backTitle' | 'backAbout' | 'calledInVain' | 'calledBack')
  | (
      | 'calledAgain'
      | 'notYet'
      | 'timeToBack'
      | 'average'
      | 'p90'
      | 'longest'
      | 'count'
      | 'cases'
      | 'figure'
      | 'hidden'
      | 'internal'
    )
  | ('waitTitle' | 'waitAbout' | 'waitAnswered' | 'waitMissed' | 'overviewTitle' | 'overviewAbout')
  | ('employee' | 'leftToOthers' | 'missedByAll' | 'own' | 'employeesAbout' | 'didsAbout' | 'noDid' | 'hour' | 'day')
  | ('timeAbout' | 'missedCalls');

export interface Texts extends Record<Label, string> {
  tabs: Record<Tab, string>;
  clock(zone: string): string;
  onlySome(shown: number, all: number): string;
}

export const texts: Words<Texts> = {
  ru: {
    tabs: {
      ...{ missed: 'Не перезвонили', overview: 'Сводка', employees: 'Сотрудники', dids: 'Номера' },
      ...{ hours: 'По часам', days: 'По дням' },
    },
    ...{ title: 'Отчёты', about: 'Звонки за выбранные дни.', csv: 'Скачать CSV', pbx: 'АТС', allPbxs: 'Все АТС' },
    ...{ from: 'С', to: 'По', today: 'Сегодня', week: '7 дней', month: '30 дней', seconds: 'с' },
    noCalls: 'За эти дни звонков не было.',
    ...{ inbound: 'Входящих', answered: 'Отвечено', missed: 'Пропущено', waitAverage: 'Ожидание в среднем' },
    ...{ waitLongest: 'Самое долгое', outbound: 'Исходящих', reached: 'Дозвонились', talk: 'Разговоры' },
    ...{ client: 'Клиент', phone: 'Телефон', lastAt: 'Последний звонок', times: 'Звонков', did: 'Звонил на' },
    ...{ rang: 'Кому звонил телефон', attempts: 'Наших попыток', waited: 'Ждал', links: 'Открыть' },
    ...{ inJournal: 'журнал', inAmocrm: 'amoCRM' },
    missedTitle: 'Клиенты, которым не перезвонили',
    missedAbout:
      'Клиент звонил, никто не ответил, и с тех пор разговора с ним не было: ни он не дозвонился, ни мы. Список обновляется сам.',
    noneMissed: 'Все, кто не дозвонился, уже получили ответ.',
    backTitle: 'Как быстро перезванивают',
    backAbout:
      'Пропущенные подряд звонки клиента считаются за один случай. Время — от конца первого из них до начала нашего звонка, на который клиент ответил. Скрытым номерам перезвонить нельзя, их здесь нет.',
    ...{ calledInVain: 'Не дозвонились', calledBack: 'Мы перезвонили', calledAgain: 'Дозвонились сами' },
    ...{ notYet: 'Ещё ждут', timeToBack: 'Время до перезвона', average: 'В среднем', p90: '9 из 10 не дольше' },
    ...{
      longest: 'Самое долгое',
      count: 'Звонков',
      cases: 'Случаев',
      figure: 'Показатель',
      hidden: 'Из пропущенных со скрытым номером',
    },
    internal: 'Внутренних',
    waitTitle: 'Ожидание ответа',
    waitAbout:
      'От начала входящего звонка, вместе с голосовым меню, до ответа сотрудника, а если никто не ответил — до конца звонка.',
    ...{ waitAnswered: 'Дождались ответа', waitMissed: 'Не дождались' },
    overviewTitle: 'Все звонки',
    overviewAbout:
      'Пропущен — входящий, на который никто из сотрудников не ответил; голосовая почта тоже пропущенный. Внутренние звонки в другие показатели не входят. Разговоры — без времени на удержании.',
    ...{ employee: 'Сотрудник', leftToOthers: 'Ответил другой', missedByAll: 'Не ответил никто', own: 'Звонил сам' },
    employeesAbout:
      '«Отвечено» — входящие, в которых сотрудник говорил. Дальше — когда его телефон звонил, а он не ответил: ответил другой или не ответил никто. Звонок в группу считается у каждого, кому он звонил.',
    didsAbout: 'По номерам, на которые звонят клиенты.',
    ...{ noDid: 'не известен', hour: 'Час', day: 'День' },
    timeAbout: 'По времени начала звонка.',
    missedCalls: 'Пропущенные звонки в журнале',
    clock: (zone) => `Время АТС: ${zone}`,
    onlySome: (shown, all) => `Показаны последние ${shown} из ${all}.`,
  },
  en: {
    tabs: {
      ...{ missed: 'Not called back', overview: 'Overview', employees: 'Employees', dids: 'Numbers' },
      ...{ hours: 'By hour', days: 'By day' },
    },
    ...{
      title: 'Reports',
      about: 'Calls of the days that you choose.',
      csv: 'Download CSV',
      pbx: 'PBX',
      allPbxs: 'All PBXs',
    },
    ...{ from: 'From', to: 'To', today: 'Today', week: '7 days', month: '30 days', seconds: 's' },
    noCalls: 'There were no calls on these days.',
    ...{ inbound: 'Inbound', answered: 'Answered', missed: 'Missed', waitAverage: 'Average wait' },
    ...{ waitLongest: 'Longest wait', outbound: 'Outbound', reached: 'Reached', talk: 'Talk' },
    ...{ client: 'Client', phone: 'Phone', lastAt: 'Last call', times: 'Calls', did: 'Number called' },
    ...{ rang: 'Phones that rang', attempts: 'Our attempts', waited: 'Waited', links: 'Open' },
    ...{ inJournal: 'journal', inAmocrm: 'amoCRM' },
    missedTitle: 'Clients who were not called back',
    missedAbout:
      'They called, nobody answered, and nobody has talked with them since, whoever tried. The list follows by itself.',
    noneMissed: 'Everybody who called in vain has been talked with.',
    backTitle: 'How soon clients are called back',
    backAbout:
      'Missed calls of a client in a row count as one case. The time is from the end of the first until the beginning of a call of ours that the client answered. Hidden numbers can’t be called back and are left out.',
    ...{ calledInVain: 'Called in vain', calledBack: 'Called back by us', calledAgain: 'Got through themselves' },
    ...{ notYet: 'Still waiting', timeToBack: 'Time to call back', average: 'Average', p90: '9 of 10 not longer' },
    ...{
      longest: 'Longest',
      count: 'Calls',
      cases: 'Cases',
      figure: 'Figure',
      hidden: 'Of the missed, with a hidden number',
    },
    internal: 'Internal',
    waitTitle: 'Waiting for an answer',
    waitAbout:
      'From the beginning of an inbound call, with the voice menu, until an employee answered; if nobody did, until its end.',
    ...{ waitAnswered: 'Were answered', waitMissed: 'Were not' },
    overviewTitle: 'All calls',
    overviewAbout:
      'Missed is an inbound call that no employee answered; voice mail is missed too. Internal calls are in no other figure. Talk is without the time on hold.',
    ...{
      employee: 'Employee',
      leftToOthers: 'Answered by others',
      missedByAll: 'Answered by nobody',
      own: 'Own calls',
    },
    employeesAbout:
      '“Answered” are inbound calls in which they talked. Then come those for which their phone rang and they did not answer: somebody else did, or nobody. A call to a group counts for each whose phone rang.',
    didsAbout: 'By the numbers that clients call.',
    ...{ noDid: 'not known', hour: 'Hour', day: 'Day' },
    timeAbout: 'By the time at which calls began.',
    missedCalls: 'Missed calls in the journal',
    clock: (zone) => `Time of the PBX: ${zone}`,
    onlySome: (shown, all) => `The latest ${shown} of ${all} are shown.`,
  },
};
