import { useLanguage } from '../../kit/language.tsx';

/**
 * What Ringflow's parts write down of a call or an account is in English, as logs and the Temporal UI show it. Here it
 * is said in the language of the page; a part that is not known stays as it is.
 *
 * @returns a function that takes one or several such sentences
 */
export function useSentences(): (text: string) => string {
  const { language } = useLanguage();
  return language === 'ru' ? inRussian : inEnglish;
}

export function inEnglish(text: string): string {
  return english.reduce((present, [told, words]) => present.replace(told, words), text);
}

export function inRussian(text: string): string {
  return russian.reduce((present, [english, words]) => present.replace(english, words), text);
}

const ofDoubts: [RegExp, string][] = [
  [/The rows in which the call began are missing\./, 'Нет строк, которыми звонок начался.'],
  [
    /The row that ends the call never came; its last row counts as the end\./,
    'Строка о конце звонка не пришла: концом считается последняя.',
  ],
  [/The rows do not tell who called whom\./, 'Из строк не видно, кто кому звонил.'],
  [
    /Told by their names alone, which the description of the PBX does not list: (.*)\./,
    'Распознаны только по имени, в описании АТС их нет: $1.',
  ],
  [/ is a phone\b/g, ' — телефон'],
  [/ is a trunk\b/g, ' — транк'],
  [/ is a Local channel\b/g, ' — канал Local'],
  [/ is no phone\b/g, ' — не телефон'],
  [
    /The digits dialled to get a line outside are a guess: the client is taken to be (\S+)\./,
    'Префикс выхода в город — догадка: номером клиента считается $1.',
  ],
  [/The caller's number can't be read: the rows say (.*)\./, 'Номер звонящего не читается: в строках $1.'],
  [/The rows do not tell in whose place (\S+) was called\./, 'Из строк не видно, вместо кого звонили на $1.'],
  [
    /Two channels have the same uniqueid: two PBXs may write into one table without a system name\./,
    'У двух каналов один uniqueid: похоже, две АТС пишут в одну таблицу без имени системы.',
  ],
  [
    /Mixed into this call, and perhaps not told by itself: (.*)\./,
    'Смешан с этим звонком и, может быть, не учтён отдельно: $1.',
  ],
  [
    /The rows have no column `extra`: who hung up, why, and who was transferred are guesses\./,
    'В строках нет столбца `extra`: кто и почему положил трубку и кого перевели — догадки.',
  ],
  [/The PBX's clock went back by (\d+) s during the call\./, 'Часы АТС во время звонка перевели назад на $1 с.'],
  [/(\d+) rows were left out: the call has more than can be kept\./, 'Строк не учтено: $1, звонок слишком длинный.'],
];

const ofOutcomes: [RegExp, string][] = [
  [/An internal call: amoCRM is not told\./, 'Внутренний звонок: в amoCRM не передаётся.'],
  [
    /The rows do not tell who called whom: amoCRM is not told\./,
    'Из строк АТС не видно, кто кому звонил: в amoCRM не передаётся.',
  ],
  [
    /The number is hidden( or can't be read)?: amoCRM has no client to attach the call to\./,
    'Номер скрыт или не читается: в amoCRM не к кому прикрепить звонок.',
  ],
  [/A service number: it belongs to no client\./, 'Служебный номер: клиента у него нет.'],
  [/The settings ask for nothing\./, 'Настройки ничего не велят.'],
  [/No rule asks for this call to be registered\./, 'Записать этот звонок не велит ни одно правило.'],
  [
    /amoCRM does not know the number, and no rule asks for a contact\./,
    'amoCRM не знает номера, а создать контакт не велит ни одно правило.',
  ],
  [
    /amoCRM does not know the number, and the lead that a rule asks for was not made\./,
    'amoCRM не знает номера, а сделка, которой требует правило, не создана.',
  ],
  [/Contact for a client that amoCRM does not know/, 'Контакт для клиента, которого нет в amoCRM'],
  [/Lead for a client who has no open one/, 'Сделка для клиента без открытой сделки'],
  [/Change of the client or lead/, 'Изменение клиента или сделки'],
  [/, in pipeline (\d+)/, ', воронка $1'],
  [/, stage (\d+)/, ', этап $1'],
  [
    /Do they still exist in amoCRM\? If not, change the rules that name them\./,
    'Есть ли они ещё в amoCRM? Если нет, измените правила, где они названы.',
  ],
  [
    /The contact has no phone, since the account has no field for it: add the field Phone to amoCRM's contacts and write the number there\./,
    'У контакта нет телефона: в аккаунте нет такого поля. Добавьте контактам amoCRM поле «Телефон» и впишите номер.',
  ],
  [/The task to call back: /, 'Задача перезвонить: '],
  [/amoCRM has no client to put it on\./, 'в amoCRM нет клиента, к которому её поставить.'],
  [/Left out by the decision hook: /, 'Не записан, так решил хук: '],
  [/Left out: the decision hook has not decided\./, 'Не записан: хук решений не ответил.'],
  [/Done as decided, without the decision hook\./, 'Сделано по правилам, без хука решений.'],
  [/There is no hook (\S+) any more\./, 'Хука $1 больше нет.'],
  [/The answer of the hook "(.*?)" is not understood: /, 'Ответ хука «$1» непонятен: '],
  [/The hook "(.*?)" answered (\d+)\./, 'Хук «$1» ответил $2.'],
  [/The hook "(.*?)": /, 'Хук «$1»: '],
];

const ofAmocrm: [RegExp, string][] = [
  [/amoCRM answered (\d+) with something that is no JSON\./, 'amoCRM ответила $1, но не JSON.'],
  [/amoCRM asks for fewer requests \(429\)\./, 'amoCRM просит слать меньше запросов (429).'],
  [
    /amoCRM took too long \((\d+)\): the request may or may not have been carried out\./,
    'amoCRM отвечала слишком долго ($1): запрос мог выполниться, а мог и нет.',
  ],
  [/amoCRM has trouble \((\d+)\); trying again\./, 'У amoCRM неполадки ($1); пробуем снова.'],
  [/The amoCRM account has moved to another address \((\d+)\)\./, 'Аккаунт amoCRM переехал на другой адрес ($1).'],
  [/amoCRM refuses the access token \(401\)\./, 'amoCRM не принимает токен (401).'],
  [
    /The amoCRM account is not paid \(402\); calls wait until it is\./,
    'Аккаунт amoCRM не оплачен (402); звонки ждут оплаты.',
  ],
  [
    /amoCRM has blocked the API of this account \(403\): write to its support\./,
    'amoCRM закрыла API этого аккаунта (403): напишите в её поддержку.',
  ],
  [
    /The amoCRM user behind the token lacks the right for this \(403\): use an administrator\./,
    'У пользователя amoCRM, который дал доступ, нет на это прав (403): нужен администратор.',
  ],
  [
    /Not amoCRM but something on the way to it answers \(404 that is no JSON\); trying again\./,
    'Отвечает не amoCRM, а что-то на пути к ней (404, не JSON); пробуем снова.',
  ],
  [/amoCRM has no such thing \(any more\) \(404\)\./, 'В amoCRM этого нет или уже нет (404).'],
  [/amoCRM has no (\S+) (\d+) any more\./, 'В amoCRM больше нет $1 $2.'],
  [/amoCRM does not take this request \((\d+)\)\./, 'amoCRM не принимает этот запрос ($1).'],
  [/amoCRM does not take this request: /, 'amoCRM не принимает этот запрос: '],
  [
    /amoCRM refused a request \((\d+)\) without saying why; trying again\./,
    'amoCRM отклонила запрос ($1) и не сказала почему; пробуем снова.',
  ],
  [/amoCRM can't be reached \((\w+)\); trying again\./, 'До amoCRM не достучаться ($1); пробуем снова.'],
  [
    /amoCRM did not answer in time: the request may or may not have been carried out\./,
    'amoCRM не ответила вовремя: запрос мог выполниться, а мог и нет.',
  ],
  [
    /amoCRM gave no answer: the request may or may not have been carried out\./,
    'amoCRM не ответила: запрос мог выполниться, а мог и нет.',
  ],
  [
    /(?:A limit was reached|The brake holds): more than (\d+) new \w+ within an hour for calls to this number\./,
    'Сработало ограничение: больше $1 новых за час со звонков на этот номер.',
  ],
  [
    /It is not certain whether (.+?) stands in amoCRM: a request was cut off, and a look there is refused\./,
    'Неизвестно, есть ли в amoCRM $1: запрос оборвался, а посмотреть там не дают.',
  ],
];

const ofAccounts: [RegExp, string][] = [
  [
    /Reconnect needed: amoCRM has withdrawn the access \((.*?)\); everything waits\./,
    'Подключите заново: amoCRM отозвала доступ ($1); всё ждёт.',
  ],
  [/The integration was switched off in amoCRM; everything waits\./, 'Интеграцию отключили в amoCRM; всё ждёт.'],
  [
    /Installed from the widget and not accepted yet; everything waits\. To accept it run `(.*?)`\./,
    'Установлено из виджета и ещё не принято; всё ждёт. Принять: `$1`.',
  ],
  [/amoCRM is not connected yet/, 'amoCRM ещё не подключена'],
  [
    /(To go on |: )run `(.*?)`, open the link that it prints and allow the integration/,
    '$1выполните `$2`, откройте ссылку и разрешите интеграцию',
  ],
  [/; or do it on the page amoCRM of the settings/, '; или сделайте это на странице «amoCRM» настроек'],
  [/To go on /, 'Чтобы продолжить, '],
];

const ofPbxDatabases: [RegExp, string][] = [
  [/The PBX's database can't be read \((.*?)\): /, 'База АТС не читается ($1): '],
  [
    /nothing listens there: check host and port in PBX_DATABASE_URL .*?, and bind-address on the PBX/,
    'там никто не слушает. Проверьте хост и порт на странице «АТС» и bind-address на самой АТС',
  ],
  [
    /the host name is not known: check PBX_DATABASE_URL.*?pbx add/,
    'такого хоста нет. Проверьте адрес на странице «АТС»',
  ],
  [/no answer: check the network and the firewall of the PBX/, 'ответа нет. Проверьте сеть и файрвол АТС'],
  [/no way to the host: check the network/, 'до хоста нет пути. Проверьте сеть'],
  [/the connection broke/, 'связь оборвалась'],
  [/no answer in time: check the network and the load of the PBX/, 'ответа нет вовремя. Проверьте сеть и нагрузку АТС'],
  [
    /user or password is wrong: check PBX_DATABASE_URL.*?pbx add/,
    'имя или пароль неверны. Впишите верные на странице «АТС»',
  ],
  [/the user may not use this database: GRANT SELECT on it/, 'пользователю нельзя в эту базу: дайте ему GRANT SELECT'],
  [
    /there is no such database: check the end of PBX_DATABASE_URL.*?pbx add/,
    'такой базы нет. Проверьте конец её адреса на странице «АТС»',
  ],
  [
    /the table does not exist: check PBX_CEL_TABLE and PBX_CDR_TABLE, or bin\/ringflow pbx list/,
    'такой таблицы нет. Проверьте имена таблиц на странице «АТС»',
  ],
  [/the user may not read the table: GRANT SELECT on it/, 'пользователю нельзя читать таблицу: дайте ему GRANT SELECT'],
];

const ofBackfills: [RegExp, string][] = [
  [
    /The record of another product that was taken for it turned out to be another call's: it is not in amoCRM\. Bring it once more, or do it again\./,
    'Запись другого продукта, которую приняли за него, оказалась записью другого звонка: в amoCRM его нет. Загрузите его ещё раз или нажмите «Сделать ещё раз».',
  ],
  [
    /The client has more calls in amoCRM than could be looked through: another product may have put this one there too\./,
    'У клиента в amoCRM больше звонков, чем удалось просмотреть: другой продукт мог записать и этот.',
  ],
  [/It stands in amoCRM already \(contacts (\d+)/, 'Он уже есть в amoCRM (контакт $1'],
  [/It stands in amoCRM already \(leads (\d+)/, 'Он уже есть в amoCRM (сделка $1'],
  [/It stands in amoCRM already \(companies (\d+)/, 'Он уже есть в amoCRM (компания $1'],
  [/It stands in amoCRM already \(customers (\d+)/, 'Он уже есть в amoCRM (покупатель $1'],
  [/, note (\d+) of (.*?)\): left as it is\./, ', примечание $1, источник: $2): оставлен как есть.'],
  [/, note (\d+)\): left as it is\./, ', примечание $1): оставлен как есть.'],
  [/The calls of the PBX can't be read: (.*) Trying again\./, 'Звонки АТС не читаются. $1 Пробуем снова.'],
  [
    /Its workflow is gone: it was ended in the Temporal UI, or never began\./,
    'Процесса больше нет: его остановили в Temporal, или он так и не начался.',
  ],
  [
    /Another one of the same calls is just ending: ask once more\./,
    'Другая загрузка тех же звонков как раз заканчивается: начните ещё раз.',
  ],
  [/Its workflow failed: /, 'Процесс звонка завершился с ошибкой: '],
  [
    /Rows came after the close, but those before are gone: the journal stands\./,
    'Строк звонка в базе АТС уже нет; запись в журнале осталась прежней.',
  ],
  [/No row of a channel was ever seen\./, 'В базе АТС нет ни одной строки с его каналом.'],
];

const russian = [...ofBackfills, ...ofOutcomes, ...ofDoubts, ...ofAmocrm, ...ofAccounts, ...ofPbxDatabases];

/** On a page nobody runs commands: where the parts name them or variables, it is the page that people go to. */
const english: [RegExp, string][] = [
  [/PBX_DATABASE_URL \(or as given to bin\/ringflow pbx add\)/, 'the address on the page “PBXs”'],
  [/check PBX_DATABASE_URL, or what was given to bin\/ringflow pbx add/, 'check it on the page “PBXs”'],
  [/PBX_DATABASE_URL, or of what was given to bin\/ringflow pbx add/, 'its address on the page “PBXs”'],
  [/PBX_CEL_TABLE and PBX_CDR_TABLE, or bin\/ringflow pbx list/, 'its name on the page “PBXs”'],
];
