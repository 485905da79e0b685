import type { LicensingFailure } from '../licence/wire.ts';
import { failureWords, reasonWords, remedyWords } from '../licence/words.ts';
import type { Finding, FindingCode } from './finding.ts';

type Language = 'ru' | 'en';

/** A finding as people read it. */
export interface ToldFinding {
  title: string;
  whatToDo: string;
}

interface Filling {
  about: string;
  values: Record<string, string>;
  /** A moment of `values`, as people write it; empty if it is not there. */
  moment(name: string): string;
}

const ofFailure = (language: Language, failure = 'trouble') =>
  failureWords[language][failure as LicensingFailure] ?? { title: failure, whatToDo: '' };
const ofLicence = (words: Record<string, string>, code = 'no-licence'): string => words[code] ?? code;

type Tell = (filling: Filling) => ToldFinding;

/**
 * What was found and what to do, in words; the same on the pages and in alerts.
 *
 * @param timeZone in which moments are told; that of this machine if left out
 */
export function tellFinding({ code, about, values }: Finding, language: Language, timeZone?: string): ToldFinding {
  const form = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone && { timeZone }),
  });
  const moment = (name: string) => (values[name] === undefined ? '' : form.format(new Date(Number(values[name]))));
  return findings[language][code]({ about, values, moment });
}

/** Why a database can't be read, by the code of its driver or server. */
const databaseTroubles: Record<Language, Record<string, string>> = {
  ru: {
    ...{ ECONNREFUSED: 'по её адресу никто не слушает', ENOTFOUND: 'такого хоста нет', ETIMEDOUT: 'она не отвечает' },
    ...{ EHOSTUNREACH: 'до хоста нет пути', PROTOCOL_CONNECTION_LOST: 'связь оборвалась' },
    ...{ PROTOCOL_SEQUENCE_TIMEOUT: 'она не отвечает вовремя', ER_ACCESS_DENIED_ERROR: 'имя или пароль неверны' },
    ...{ ER_DBACCESS_DENIED_ERROR: 'пользователю нельзя в эту базу', ER_BAD_DB_ERROR: 'такой базы нет' },
    ...{ ER_NO_SUCH_TABLE: 'таблицы нет', ER_TABLEACCESS_DENIED_ERROR: 'пользователю нельзя читать таблицу' },
  },
  en: {
    ...{ ECONNREFUSED: 'nothing listens at its address', ENOTFOUND: 'there is no such host', ETIMEDOUT: 'no answer' },
    ...{ EHOSTUNREACH: 'there is no way to the host', PROTOCOL_CONNECTION_LOST: 'the connection broke' },
    ...{ PROTOCOL_SEQUENCE_TIMEOUT: 'no answer in time', ER_ACCESS_DENIED_ERROR: 'user or password is wrong' },
    ...{ ER_DBACCESS_DENIED_ERROR: 'the user may not use it', ER_BAD_DB_ERROR: 'there is no such database' },
    ...{ ER_NO_SUCH_TABLE: 'the table is missing', ER_TABLEACCESS_DENIED_ERROR: 'the user may not read the table' },
  },
};

/** Why AMI is away: by the system's code, else by the kind of trouble. */
const amiTroubles: Record<Language, Record<string, string>> = {
  ru: {
    ...{ ECONNREFUSED: 'по его адресу никто не слушает', ENOTFOUND: 'такого хоста нет', ETIMEDOUT: 'нет ответа' },
    ...{ EHOSTUNREACH: 'до хоста нет пути', LOCKED: 'сохранённый пароль не расшифровать' },
    ...{ silent: 'по его адресу кто-то есть, но молчит', 'not-ami': 'по его адресу отвечает не AMI' },
    ...{ refused: 'имя или пароль не подошли', broken: 'связь оборвалась или нет ответа' },
  },
  en: {
    ...{ ECONNREFUSED: 'nothing listens at its address', ENOTFOUND: 'there is no such host', ETIMEDOUT: 'no answer' },
    ...{ EHOSTUNREACH: 'there is no way to the host', LOCKED: 'the secret that was kept can not be opened' },
    ...{ silent: 'what listens at its address says nothing', 'not-ami': 'what listens at its address is not AMI' },
    ...{ refused: 'name or secret were refused', broken: 'the connection broke, or no answer came' },
  },
};

const amiTrouble = (language: Language, { kind = '', code = '' }: Record<string, string>): string =>
  amiTroubles[language][kind === 'unreachable' ? code : kind] ?? code;

const kindsOfNew: Record<Language, Record<string, string>> = {
  ru: { contacts: 'контактов', leads: 'сделок', tasks: 'задач' },
  en: { contacts: 'contacts', leads: 'leads', tasks: 'tasks' },
};

const pauseTold = (reason: string | undefined) => (reason ? ` (${reason.replace(/\.$/, '')})` : '');

const findings: Record<Language, Record<FindingCode, Tell>> = {
  ru: {
    'mysql-away': () => ({
      title: 'База данных Ringflow не отвечает',
      whatToDo: 'Проверьте MySQL, указанный в MYSQL_URL. Звонки подождут и зарегистрируются сами.',
    }),
    'mysql-slow': () => ({
      title: 'База данных Ringflow отвечает слишком медленно',
      whatToDo: 'Проверьте нагрузку и диск MySQL, указанного в MYSQL_URL. Звонки не теряются.',
    }),
    'state-unread': () => ({
      title: 'Состояние аккаунта не прочитать: внутренняя ошибка Ringflow',
      whatToDo: 'Причина — в журналах процессов api и worker; с ней обратитесь в поддержку. Звонки не теряются.',
    }),
    'redis-away': () => ({
      title: 'Redis не отвечает',
      whatToDo: 'Проверьте сервер из REDIS_URL. Звонки подождут и зарегистрируются сами.',
    }),
    'temporal-away': () => ({
      title: 'Temporal не отвечает',
      whatToDo: 'Проверьте сервер из TEMPORAL_ADDRESS. Звонки подождут и зарегистрируются сами.',
    }),
    'no-worker': () => ({
      title: 'Процесс worker не работает',
      whatToDo: 'Запустите его на сервере. Пока он стоит, в amoCRM ничего не пишется; потом всё догонит сам.',
    }),
    'queue-behind': ({ values }) => ({
      title: `Ringflow не успевает за звонками: работа ждёт очереди ${values.seconds} с`,
      whatToDo:
        'Карточки опаздывают. Проверьте загрузку сервера; если её не хватает, запустите ещё один процесс worker.',
    }),
    'amocrm-pending': () => ({
      title: 'amoCRM ещё не подключена',
      whatToDo: 'Нажмите «Подключить» и разрешите интеграцию от имени администратора amoCRM.',
    }),
    'reconnect-needed': () => ({
      title: 'amoCRM больше не пускает Ringflow',
      whatToDo:
        'Подключите её заново кнопкой на странице «Начало» (при долгосрочном токене — впишите новый в AMOCRM_ACCESS_TOKEN). Звонки ждут и зарегистрируются сами.',
    }),
    'amocrm-disconnected': () => ({
      title: 'Интеграцию отключили в amoCRM',
      whatToDo: 'Если это ошибка, подключите её заново: звонки ждут.',
    }),
    'amocrm-paused': ({ values, moment }) => ({
      title: `Запросы к amoCRM приостановлены до ${moment('untilMs')}`,
      whatToDo:
        values.code === 'AccountUnpaid'
          ? 'Аккаунт amoCRM не оплачен. Оплатите его: звонки ждут.'
          : values.code === 'Blocked'
            ? 'amoCRM заблокировала API этого аккаунта. Напишите в её поддержку: звонки ждут.'
            : `Ringflow попробует снова сам; звонки ждут${pauseTold(values.reason)}.`,
    }),
    'token-ends': ({ moment }) => ({
      title: `Токен amoCRM действует до ${moment('untilMs')} и до сих пор не обновлён`,
      whatToDo:
        'Долгосрочный токен замените в AMOCRM_ACCESS_TOKEN и перезапустите Ringflow. При подключении через интеграцию подключите amoCRM заново на странице «Начало».',
    }),
    'no-pbx': () => ({
      title: 'АТС ещё не добавлена',
      whatToDo: 'Добавьте АТС: нужен адрес её базы и пользователь с SELECT.',
    }),
    'pbx-not-read': ({ about, moment }) => ({
      title: `АТС ${about} никто не читает${moment('sinceMs') && ` с ${moment('sinceMs')}`}`,
      whatToDo: 'Запустите на сервере процесс connector: он прочтёт всё с того места, где остановился.',
    }),
    'pbx-database-away': ({ about, values: { code = '' }, moment }) => ({
      title: `База АТС ${about} недоступна с ${moment('sinceMs')}: ${databaseTroubles.ru[code] ?? code}`,
      whatToDo: 'На странице «АТС» нажмите «Проверить»: там сказано, что исправить. Пропущенное Ringflow дочитает сам.',
    }),
    'pbx-reading-stopped': ({ about, moment }) => ({
      title: `Звонки АТС ${about} не продвигаются с ${moment('sinceMs')}`,
      whatToDo: 'Ringflow пробует снова. Если это не проходит, посмотрите журнал процесса connector.',
    }),
    'pbx-behind': ({ about, moment }) => ({
      title: `Звонки АТС ${about} читаются с задержкой: прочитано до ${moment('sinceMs')}`,
      whatToDo:
        'После простоя это проходит само. Иначе проверьте связь с базой АТС и загрузку сервера: карточки опаздывают.',
    }),
    'pbx-writes-no-cel': ({ about, moment }) => ({
      title: `На АТС ${about} есть звонки, но Asterisk не пишет их в CEL с ${moment('sinceMs')}`,
      whatToDo:
        'Эти звонки в amoCRM не попадут. На АТС проверьте базу и cel_odbc: «odbc show», «cel show status», «module reload cel_odbc.so».',
    }),
    'pbx-clock-behind': ({ about, values }) => ({
      title: `Часы АТС ${about} отстают на ${values.days} дн.: новые звонки выглядят старыми`,
      whatToDo:
        'Карточек по ним нет, и в amoCRM они не попадают или стоят там не своим днём. Установите на АТС дату, время и часовой пояс (NTP). Потом пропущенное можно загрузить на странице «Прошлые звонки»: по датам, которые были на АТС.',
    }),
    'ami-away': ({ about, values, moment }) => ({
      title: `AMI на АТС ${about} недоступен с ${moment('sinceMs')}: ${amiTrouble('ru', values)}`,
      whatToDo:
        'Позвонить из amoCRM нельзя; остальное работает. На странице «АТС» нажмите «Проверить»: там сказано, что исправить.',
    }),
    'pbx-silent': ({ about, values, moment }) => ({
      title: `АТС ${about} молчит в рабочее время: больше ${values.minutes} мин ни одного звонка`,
      whatToDo: `Последнее событие — ${moment('sinceMs')}. Позвоните сами: если звонок не появится, проверьте линии и CEL на АТС.`,
    }),
    observed: ({ about, moment }) => ({
      title: `За АТС ${about} Ringflow только наблюдает`,
      whatToDo: moment('untilMs')
        ? `В amoCRM ничего не пишется; действовать начнёт ${moment('untilMs')}.`
        : 'В amoCRM ничего не пишется, пока наблюдение не выключат.',
    }),
    'needs-attention': ({ values }) => ({
      title: `Звонков, требующих внимания: ${values.count}`,
      whatToDo: 'Откройте их в журнале: там причина. Исправьте её и нажмите «Сделать ещё раз».',
    }),
    'calls-waiting': ({ values, moment }) => ({
      title: `Звонки ждут записи в amoCRM: ${values.count}, первый — с ${moment('sinceMs')}`,
      whatToDo:
        'Обычно amoCRM недоступна или отвечает ошибкой: тогда они запишутся сами, когда она ответит. Чего ждёт звонок, видно в Temporal UI (ссылка в журнале) и в журналах worker.',
    }),
    'backfill-stands-still': ({ about, values, moment }) => ({
      title: `Загрузка прошлых звонков № ${values.backfillId} (АТС ${about}) стоит с ${moment('sinceMs')}`,
      whatToDo:
        'Откройте её на странице «Прошлые звонки»: там причина. Когда причина пройдёт, загрузка продолжится сама.',
    }),
    'backfill-failures': ({ about, values }) => ({
      title:
        values.count === '0'
          ? `Загрузка прошлых звонков № ${values.backfillId} (АТС ${about}) прервалась`
          : `Загрузка прошлых звонков № ${values.backfillId} (АТС ${about}): не записано звонков — ${values.count}`,
      whatToDo:
        'Откройте её на странице «Прошлые звонки»: у каждого звонка сказано, почему. Исправьте причину и загрузите тот же период ещё раз.',
    }),
    'brake-hit': ({ values: { kind = '', did }, moment }) => ({
      title: `Сработало ограничение: слишком много новых ${kindsOfNew.ru[kind] ?? kind} за час${did ? ` на номер ${did}` : ''}`,
      whatToDo: `Последний раз — ${moment('atMs')}. Если это не роботы, поднимите ограничение на странице «Общее».`,
    }),
    'no-employees': () => ({
      title: 'Ни один внутренний номер не связан с пользователем amoCRM',
      whatToDo: 'Карточку никто не увидит. Свяжите номера на странице «Сотрудники».',
    }),
    'unmapped-extensions': ({ about, values }) => ({
      title: `На АТС ${about} звонят номера без пользователя amoCRM: ${values.extensions}`,
      whatToDo: 'Карточек они не видят. Свяжите их с людьми на странице «Сотрудники».',
    }),
    'licence-restricted': ({ values }) => ({
      title: `Ringflow работает в ограниченном режиме. ${ofLicence(reasonWords.ru, values.reason)}`,
      whatToDo: `Карточки и запись звонков — только для двух сотрудников, остальное выключено; ничего не удалено. ${ofLicence(remedyWords.ru, values.reason)}`,
    }),
    'licence-grace': ({ values, moment }) => ({
      title: `${ofLicence(reasonWords.ru, values.reason)} Всё работает до ${moment('untilMs')}`,
      whatToDo: `Потом останутся карточки и запись звонков для двух сотрудников. ${ofLicence(remedyWords.ru, values.reason)}`,
    }),
    'licence-ends': ({ values, moment }) => ({
      title: `${values.isTrial === 'true' ? 'Пробный период' : 'Оплаченный срок лицензии'} закончится ${moment('untilMs')}`,
      whatToDo:
        values.isTrial === 'true'
          ? 'Купите лицензию и введите ключ на странице «Лицензия».'
          : 'Продлите лицензию у того, кто её продал: новый срок придёт сам.',
    }),
    'seats-exceeded': ({ values }) => ({
      title: `Сотрудников больше, чем мест в лицензии: ${values.used} при ${values.seats}`,
      whatToDo:
        'Звонки тех, кому не хватило места, остаются только в журнале. Докупите места или выберите на странице «Лицензия», кому они нужны.',
    }),
    'pbx-beyond': ({ about }) => ({
      title: `АТС ${about} — сверх лицензии`,
      whatToDo:
        'Её звонки остаются только в журнале; карточек, звонков из amoCRM и маршрутизации на ней нет. Нужна лицензия с функцией «Несколько АТС»; если АТС больше не нужна — удалите её.',
    }),
    'licensing-away': ({ values, moment }) => ({
      title: `${ofFailure('ru', values.failure).title}${moment('sinceMs') && `, последний ответ — ${moment('sinceMs')}`}`,
      whatToDo: ofFailure('ru', values.failure).whatToDo,
    }),
    'licence-twin': () => ({
      title: 'Где-то работает копия этого сервера',
      whatToDo:
        'Сервер лицензий слышит двоих с одной установкой. Остановите копию, а если переехали — прежний сервер: иначе звонки могут записаться дважды. Если нужны оба, дайте второму свою базу и свою лицензию.',
    }),
    'clock-behind': ({ values }) => ({
      title: `Часы этого сервера отстают на ${values.minutes} мин от времени, которое Ringflow уже видел`,
      whatToDo: 'Поставьте точное время (NTP). Срок лицензии от перевода часов не меняется.',
    }),
    'no-rules': () => ({
      title: 'Ни одно правило не включено',
      whatToDo: 'Звонки видны только в журнале. Включите правила или верните прежние на странице «История настроек».',
    }),
  },
  en: {
    'mysql-away': () => ({
      title: "Ringflow's database does not answer",
      whatToDo: 'Check the MySQL in MYSQL_URL. Calls wait and are registered by themselves.',
    }),
    'mysql-slow': () => ({
      title: "Ringflow's database answers too slowly",
      whatToDo: 'Check the load and the disk of the MySQL in MYSQL_URL. No call is lost.',
    }),
    'state-unread': () => ({
      title: 'How the account stands can not be read: a fault within Ringflow',
      whatToDo: 'The logs of the processes api and worker say why; take that to the support. No call is lost.',
    }),
    'redis-away': () => ({
      title: 'Redis does not answer',
      whatToDo: 'Check the server in REDIS_URL. Calls wait and are registered by themselves.',
    }),
    'temporal-away': () => ({
      title: 'Temporal does not answer',
      whatToDo: 'Check the server in TEMPORAL_ADDRESS. Calls wait and are registered by themselves.',
    }),
    'no-worker': () => ({
      title: 'The process worker does not run',
      whatToDo: 'Start it on the server. Until then nothing is written into amoCRM; then it catches up by itself.',
    }),
    'queue-behind': ({ values }) => ({
      title: `Ringflow does not keep up with the calls: work has waited for ${values.seconds} s`,
      whatToDo: 'Cards come late. Look at the load of the server; if it is too much, start one more process worker.',
    }),
    'amocrm-pending': () => ({
      title: 'amoCRM is not connected yet',
      whatToDo: 'Press “Connect” and allow the integration as an administrator of amoCRM.',
    }),
    'reconnect-needed': () => ({
      title: 'amoCRM does not let Ringflow in any more',
      whatToDo:
        'Connect it again by the button on the page “Start” (with a long-lived token: put a new one into AMOCRM_ACCESS_TOKEN). Calls wait and are registered by themselves.',
    }),
    'amocrm-disconnected': () => ({
      title: 'The integration was switched off in amoCRM',
      whatToDo: 'If that was a mistake, connect it again: calls wait.',
    }),
    'amocrm-paused': ({ values, moment }) => ({
      title: `Nothing is sent to amoCRM until ${moment('untilMs')}`,
      whatToDo:
        values.code === 'AccountUnpaid'
          ? 'The amoCRM account is not paid. Pay for it: calls wait.'
          : values.code === 'Blocked'
            ? 'amoCRM has blocked the API of this account. Write to its support: calls wait.'
            : `Ringflow tries again by itself; calls wait${pauseTold(values.reason)}.`,
    }),
    'token-ends': ({ moment }) => ({
      title: `The token of amoCRM is good until ${moment('untilMs')} and was not renewed yet`,
      whatToDo:
        'Put a new long-lived token into AMOCRM_ACCESS_TOKEN and restart Ringflow. If amoCRM is connected by an integration, connect it anew on the page “Start”.',
    }),
    'no-pbx': () => ({
      title: 'There is no PBX yet',
      whatToDo: 'Add one: you need the address of its database and a user with SELECT.',
    }),
    'pbx-not-read': ({ about, moment }) => ({
      title: `Nobody reads the PBX ${about}${moment('sinceMs') && ` since ${moment('sinceMs')}`}`,
      whatToDo: 'Start the process connector on the server: it reads on where it stopped.',
    }),
    'pbx-database-away': ({ about, values: { code = '' }, moment }) => ({
      title: `The database of the PBX ${about} is away since ${moment('sinceMs')}: ${databaseTroubles.en[code] ?? code}`,
      whatToDo: 'Press “Check” on the page “PBXs”: it says what to mend. Ringflow reads what it missed by itself.',
    }),
    'pbx-reading-stopped': ({ about, moment }) => ({
      title: `The calls of the PBX ${about} have not moved since ${moment('sinceMs')}`,
      whatToDo: 'Ringflow tries again. If it does not pass, look into the log of the process connector.',
    }),
    'pbx-behind': ({ about, moment }) => ({
      title: `The calls of the PBX ${about} are read late: those until ${moment('sinceMs')} are read`,
      whatToDo:
        'After an outage this passes by itself. Else check the way to the database of the PBX and the load of the server: cards come late.',
    }),
    'pbx-writes-no-cel': ({ about, moment }) => ({
      title: `The PBX ${about} has calls, but Asterisk writes no CEL rows since ${moment('sinceMs')}`,
      whatToDo:
        'These calls do not get into amoCRM. On the PBX check the database and cel_odbc: “odbc show”, “cel show status”, “module reload cel_odbc.so”.',
    }),
    'pbx-clock-behind': ({ about, values }) => ({
      title: `The clock of the PBX ${about} is ${values.days} d behind: new calls look like old ones`,
      whatToDo:
        'They show no cards, and do not get into amoCRM or stand there under another day. Set date, time and time zone of the PBX (NTP). What was passed over can be brought then on the page “Calls of the past”: by the dates that the PBX had.',
    }),
    'ami-away': ({ about, values, moment }) => ({
      title: `AMI of the PBX ${about} is away since ${moment('sinceMs')}: ${amiTrouble('en', values)}`,
      whatToDo:
        "Calls from amoCRM can't be placed; all else works. Press “Check” on the page “PBXs”: it says what to mend.",
    }),
    'pbx-silent': ({ about, values, moment }) => ({
      title: `The PBX ${about} is silent in working hours: no call for more than ${values.minutes} min`,
      whatToDo: `Its last event was at ${moment('sinceMs')}. Make a call: if it does not appear, check the lines and CEL on the PBX.`,
    }),
    observed: ({ about, moment }) => ({
      title: `Ringflow only observes the PBX ${about}`,
      whatToDo: moment('untilMs')
        ? `Nothing is written into amoCRM; it begins to act ${moment('untilMs')}.`
        : 'Nothing is written into amoCRM until somebody ends the observing.',
    }),
    'needs-attention': ({ values }) => ({
      title: `Calls that need attention: ${values.count}`,
      whatToDo: 'Open them in the journal: it says why. Mend that and press “Do again”.',
    }),
    'calls-waiting': ({ values, moment }) => ({
      title: `Calls wait to be registered in amoCRM: ${values.count}, the first since ${moment('sinceMs')}`,
      whatToDo:
        'Mostly amoCRM is away or answers with an error: then they are registered by themselves once it answers. What a call waits for is told in the Temporal UI (the journal links there) and in the log of the worker.',
    }),
    'backfill-stands-still': ({ about, values, moment }) => ({
      title: `Calls of the past, no. ${values.backfillId} (PBX ${about}), stand still since ${moment('sinceMs')}`,
      whatToDo: 'Open it on the page “Calls of the past”: it says why. It goes on by itself once that is over.',
    }),
    'backfill-failures': ({ about, values }) => ({
      title:
        values.count === '0'
          ? `Calls of the past, no. ${values.backfillId} (PBX ${about}), were broken off`
          : `Calls of the past, no. ${values.backfillId} (PBX ${about}): ${values.count} were not registered`,
      whatToDo:
        'Open it on the page “Calls of the past”: it says why of each. Mend that and bring the same period once more.',
    }),
    'brake-hit': ({ values: { kind = '', did }, moment }) => ({
      title: `A limit was reached: too many new ${kindsOfNew.en[kind] ?? kind} within an hour${did ? ` for ${did}` : ''}`,
      whatToDo: `The last time at ${moment('atMs')}. If these are no robots, raise the limit on the page “General”.`,
    }),
    'no-employees': () => ({
      title: 'No extension belongs to a user of amoCRM',
      whatToDo: 'Nobody will see a card. Say who has which extension on the page “Employees”.',
    }),
    'unmapped-extensions': ({ about, values }) => ({
      title: `Extensions of the PBX ${about} without a user of amoCRM take calls: ${values.extensions}`,
      whatToDo: 'They see no cards. Say whose they are on the page “Employees”.',
    }),
    'licence-restricted': ({ values }) => ({
      title: `Ringflow runs in restricted mode. ${ofLicence(reasonWords.en, values.reason)}`,
      whatToDo: `Cards and registration are for two employees, all else is off; nothing was deleted. ${ofLicence(remedyWords.en, values.reason)}`,
    }),
    'licence-grace': ({ values, moment }) => ({
      title: `${ofLicence(reasonWords.en, values.reason)} All works until ${moment('untilMs')}`,
      whatToDo: `After that cards and registration are for two employees. ${ofLicence(remedyWords.en, values.reason)}`,
    }),
    'licence-ends': ({ values, moment }) => ({
      title: `${values.isTrial === 'true' ? 'The trial' : 'The term of the licence'} ends ${moment('untilMs')}`,
      whatToDo:
        values.isTrial === 'true'
          ? 'Buy a licence and enter its key on the page “Licence”.'
          : 'Extend it with whoever sold it: the new term comes by itself.',
    }),
    'seats-exceeded': ({ values }) => ({
      title: `There are more employees than seats in the licence: ${values.used} for ${values.seats}`,
      whatToDo:
        'Calls of those without a seat stay in the journal alone. Buy more seats, or say on the page “Licence” who needs them.',
    }),
    'pbx-beyond': ({ about }) => ({
      title: `The PBX ${about} is beyond the licence`,
      whatToDo:
        'Its calls stay in the journal alone; it has no cards, no calls from amoCRM and no routing. A licence with several PBXs is needed; if this one is not, remove it.',
    }),
    'licensing-away': ({ values, moment }) => ({
      title: `${ofFailure('en', values.failure).title}${moment('sinceMs') && `, last answered ${moment('sinceMs')}`}`,
      whatToDo: ofFailure('en', values.failure).whatToDo,
    }),
    'licence-twin': () => ({
      title: 'A copy of this server runs somewhere',
      whatToDo:
        'The licensing server hears two by one identity. Stop the copy or, if you have moved, the old server: else calls may be registered twice. If both are needed, give the other one a database and a licence of its own.',
    }),
    'clock-behind': ({ values }) => ({
      title: `The clock of this server is ${values.minutes} min behind a time that Ringflow has seen before`,
      whatToDo: 'Set the right time (NTP). The term of the licence does not change with the clock.',
    }),
    'no-rules': () => ({
      title: 'No rule is switched on',
      whatToDo:
        'Calls stand in the journal alone. Switch rules on, or go back to those of before on the page “History of settings”.',
    }),
  },
};
