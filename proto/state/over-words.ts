import type { Finding, FindingCode } from './finding.ts';

type Language = 'ru' | 'en';

/** What was found and is over, in words: how it is now. */
export function tellOver({ code, about, values }: Finding, language: Language): string {
  return over[language][code](about, values);
}

type TellOver = (about: string, values: Record<string, string>) => string;

const over: Record<Language, Record<FindingCode, TellOver>> = {
  ru: {
    'mysql-away': () => 'База данных Ringflow снова отвечает',
    'mysql-slow': () => 'База данных Ringflow снова отвечает вовремя',
    'state-unread': () => 'Состояние аккаунта снова читается',
    'redis-away': () => 'Redis снова отвечает',
    'temporal-away': () => 'Temporal снова отвечает',
    'no-worker': () => 'Процесс worker снова работает',
    'queue-behind': () => 'Ringflow снова успевает за звонками',
    'amocrm-pending': () => 'amoCRM подключена',
    'reconnect-needed': () => 'amoCRM снова подключена',
    'amocrm-disconnected': () => 'Интеграция в amoCRM снова включена',
    'amocrm-paused': () => 'Запросы к amoCRM снова идут',
    'token-ends': () => 'Токен amoCRM обновлён',
    'no-pbx': () => 'АТС добавлена',
    'pbx-not-read': (about) => `АТС ${about} снова читается`,
    'pbx-database-away': (about) => `База АТС ${about} снова доступна`,
    'pbx-reading-stopped': (about) => `Звонки АТС ${about} снова продвигаются`,
    'pbx-behind': (about) => `Звонки АТС ${about} снова читаются без задержки`,
    'pbx-writes-no-cel': (about) => `Asterisk на АТС ${about} снова пишет звонки в CEL`,
    'ami-away': (about) => `AMI на АТС ${about} снова доступен: из amoCRM можно звонить`,
    'pbx-silent': (about) => `На АТС ${about} снова есть звонки`,
    observed: (about) => `Ringflow действует по звонкам АТС ${about}`,
    'needs-attention': () => 'Звонков, требующих внимания, больше нет',
    'brake-hit': (_, { did }) =>
      `Ограничение на новые контакты, сделки и задачи больше не срабатывает${did ? ` (номер ${did})` : ''}`,
    'no-employees': () => 'Внутренние номера связаны с пользователями amoCRM',
    'unmapped-extensions': (about) => `Все номера АТС ${about} связаны с пользователями amoCRM`,
    'licence-restricted': () => 'Лицензия снова действует: всё включено',
    'licence-grace': () => 'С лицензией снова всё в порядке',
    'licence-ends': () => 'Лицензия продлена',
    'seats-exceeded': () => 'Мест в лицензии снова хватает всем',
    'pbx-beyond': (about) => `АТС ${about} снова работает по лицензии`,
    'licensing-away': () => 'Сервер лицензий снова отвечает',
    'licence-twin': () => 'Копия этого сервера больше не работает',
    'clock-behind': () => 'Часы сервера снова идут верно',
    'no-rules': () => 'Правила включены',
  },
  en: {
    'mysql-away': () => "Ringflow's database answers again",
    'mysql-slow': () => "Ringflow's database answers in time again",
    'state-unread': () => 'How the account stands can be read again',
    'redis-away': () => 'Redis answers again',
    'temporal-away': () => 'Temporal answers again',
    'no-worker': () => 'The process worker runs again',
    'queue-behind': () => 'Ringflow keeps up with the calls again',
    'amocrm-pending': () => 'amoCRM is connected',
    'reconnect-needed': () => 'amoCRM is connected again',
    'amocrm-disconnected': () => 'The integration in amoCRM is switched on again',
    'amocrm-paused': () => 'Requests to amoCRM are sent again',
    'token-ends': () => 'The token of amoCRM was renewed',
    'no-pbx': () => 'A PBX was added',
    'pbx-not-read': (about) => `The PBX ${about} is read again`,
    'pbx-database-away': (about) => `The database of the PBX ${about} is there again`,
    'pbx-reading-stopped': (about) => `The calls of the PBX ${about} move again`,
    'pbx-behind': (about) => `The calls of the PBX ${about} are read without delay again`,
    'pbx-writes-no-cel': (about) => `Asterisk on the PBX ${about} writes CEL rows again`,
    'ami-away': (about) => `AMI of the PBX ${about} is there again: calls from amoCRM can be placed`,
    'pbx-silent': (about) => `The PBX ${about} has calls again`,
    observed: (about) => `Ringflow acts on the calls of the PBX ${about}`,
    'needs-attention': () => 'No call needs attention any more',
    'brake-hit': (_, { did }) =>
      `The limit on new contacts, leads and tasks holds nothing back any more${did ? ` (number ${did})` : ''}`,
    'no-employees': () => 'Extensions belong to users of amoCRM',
    'unmapped-extensions': (about) => `All extensions of the PBX ${about} belong to users of amoCRM`,
    'licence-restricted': () => 'The licence is valid again: all is on',
    'licence-grace': () => 'All is well with the licence again',
    'licence-ends': () => 'The licence was extended',
    'seats-exceeded': () => 'There are seats for everybody again',
    'pbx-beyond': (about) => `The licence has the PBX ${about} again`,
    'licensing-away': () => 'The licensing server answers again',
    'licence-twin': () => 'No copy of this server runs any more',
    'clock-behind': () => 'The clock of the server is right again',
    'no-rules': () => 'Rules are switched on',
  },
};
