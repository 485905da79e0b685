import type { AlertDestination, AlertKind } from '../../../../proto/alerts/settings.ts';
import type { Words } from '../../../kit/language.tsx';
import type { SecretKind } from './alerts.ts';
import type { missingField } from './destination-values.ts';

type Label =
  | 'title'
  | 'about'
  | 'where'
  | 'add'
  | 'nobody'
  | 'nobodyText'
  | 'test'
  | 'change'
  | 'remove'
  | 'nothingSent'
  | 'lastSent'
  | 'lastFailed'
  | 'testSent'
  | 'testSentText'
  | 'testFailed'
  | 'kind'
  | 'name'
  | 'nameHint'
  | 'to'
  | 'toHint'
  | 'from'
  | 'chatId'
  | 'chatIdHint'
  | 'url'
  | 'urlHint'
  | 'userId'
  | 'userIdHint'
  | 'noUsers'
  | 'secretKept'
  | 'showSecret'
  | 'ready'
  | 'aboutWhat'
  | 'calendar'
  | 'choose'
  | 'noCalendar'
  | 'chooseCalendar'
  | 'silentMinutes'
  | 'when'
  | 'whenAbout'
  | 'afterMinutes'
  | 'pausedMinutes'
  | 'remindAfterHours'
  | 'holds';

interface Texts extends Record<Label, string> {
  kinds: Record<AlertDestination['kind'], string>;
  kindsOfTrouble: Record<AlertKind, string>;
  secrets: Record<SecretKind, string>;
  secretHints: Record<SecretKind, string>;
  faults: Record<NonNullable<ReturnType<typeof missingField>>, string>;
  chat(id: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Оповещения',
    about: 'Ringflow сам напишет, когда что-то сломается, и ещё раз — когда снова заработает.',
    ...{ where: 'Куда писать', add: 'Добавить', test: 'Проверить', change: 'Изменить', remove: 'Убрать' },
    nobody: 'Пока никому',
    nobodyText: 'Добавьте почту, чат в Telegram, свой вебхук или сотрудника, которому amoCRM поставит задачу.',
    ...{ nothingSent: 'Ещё ничего не отправлялось.', lastSent: 'Последнее отправлено', lastFailed: 'Не дошло' },
    ...{ testSent: 'Отправлено', testSentText: 'Проверьте, что сообщение дошло.', testFailed: 'Не дошло' },
    ...{ kind: 'Способ', name: 'Название', nameHint: 'Например, «Дежурный»' },
    ...{ to: 'Кому', toHint: 'После каждого адреса нажмите Enter', from: 'От кого' },
    chatId: 'Чат',
    chatIdHint: 'Номер чата (у групп он начинается с минуса) или @имя_канала. Добавьте туда бота.',
    ...{ url: 'Адрес', urlHint: 'Ringflow пошлёт POST с JSON, например на https://crm.example/alerts' },
    ...{
      userId: 'Сотрудник',
      userIdHint: 'Если недоступна сама amoCRM, задача не появится: добавьте и другой способ.',
    },
    noUsers: 'Пользователи amoCRM ещё не прочитаны: обновите их на странице «Сотрудники».',
    secretKept: 'Пусто — остаётся прежний',
    ...{ showSecret: 'Показать или скрыть', ready: 'Готово' },
    aboutWhat: 'О чём писать',
    ...{ calendar: 'Рабочие часы', choose: 'Выберите календарь', chooseCalendar: 'Выберите календарь' },
    noCalendar: 'Сначала добавьте календарь с рабочими часами.',
    ...{ silentMinutes: 'Минут без звонков', when: 'Когда писать' },
    whenAbout: 'Несколько неполадок приходят одним сообщением; чаще шести раз в час Ringflow не пишет.',
    afterMinutes: 'Если неполадка держится столько минут',
    pausedMinutes: 'Если amoCRM не принимает запросы столько минут',
    remindAfterHours: 'Напомнить, если не исправлено, через столько часов',
    holds: 'Действует через минуту.',
    kinds: { email: 'Почта', telegram: 'Telegram', webhook: 'Вебхук', 'amocrm-task': 'Задача в amoCRM' },
    kindsOfTrouble: {
      ...{ 'reconnect-needed': 'amoCRM нужно подключить заново', 'amocrm-paused': 'amoCRM не принимает запросы' },
      ...{
        'pbx-database-away': 'База АТС недоступна, Asterisk в неё не пишет или часы АТС отстают на дни',
        'pbx-silent': 'АТС молчит в рабочее время',
      },
      'ami-away': 'AMI недоступен: из amoCRM не позвонить',
      ...{ 'needs-attention': 'Звонки требуют внимания', 'brake-hit': 'Сработало ограничение' },
      'parts-down': 'Остановилась часть Ringflow или её сервер',
      licence: 'Лицензия: срок, места, проверки',
    },
    secrets: { email: 'Почтовый сервер с паролем', telegram: 'Токен бота', webhook: 'Ключ подписи' },
    secretHints: {
      email: 'smtps://имя:пароль@mail.example.ru:465 — хранится зашифрованным',
      telegram: 'Его даёт @BotFather; хранится зашифрованным',
      webhook: 'Необязательно, от 16 знаков: по нему программа узнает Ringflow (заголовок ringflow-signature)',
    },
    faults: {
      ...{ name: 'Назовите как-нибудь', to: 'Впишите почтовые адреса', from: 'Впишите почтовый адрес' },
      ...{ chatId: 'Номер вроде -1001234567890 или @имя_канала', url: 'Адрес вроде https://crm.example/alerts' },
      ...{ userId: 'Выберите сотрудника', secret: 'Без этого не отправить' },
    },
    chat: (id) => `чат ${id}`,
  },
  en: {
    title: 'Alerts',
    about: 'Ringflow tells you when something is wrong, and once more when it is right again.',
    ...{ where: 'Where to', add: 'Add', test: 'Test', change: 'Change', remove: 'Remove' },
    nobody: 'Nobody is told yet',
    nobodyText: 'Add a mail address, a chat in Telegram, a program of yours, or somebody who gets a task in amoCRM.',
    ...{ nothingSent: 'Nothing was sent yet.', lastSent: 'Last sent', lastFailed: 'Did not get there' },
    ...{ testSent: 'Sent', testSentText: 'See whether it has arrived.', testFailed: 'It did not get there' },
    ...{ kind: 'How', name: 'Name', nameHint: 'Such as “On duty”' },
    ...{ to: 'To', toHint: 'Press Enter after each address', from: 'From' },
    chatId: 'Chat',
    chatIdHint: 'Number of the chat (of groups it begins with a minus) or @name_of_channel. Add the bot to it.',
    ...{ url: 'Address', urlHint: 'Ringflow sends POST with JSON, for instance to https://crm.example/alerts' },
    ...{ userId: 'Person', userIdHint: 'While amoCRM itself is away no task appears: add another way too.' },
    noUsers: 'The users of amoCRM have not been read yet: renew them on the page “Employees”.',
    secretKept: 'Empty: the present one stays',
    ...{ showSecret: 'Show or hide', ready: 'Done' },
    aboutWhat: 'About what',
    ...{ calendar: 'Working hours', choose: 'Choose a calendar', chooseCalendar: 'Choose a calendar' },
    noCalendar: 'Add a calendar with working hours first.',
    ...{ silentMinutes: 'Minutes without a call', when: 'When' },
    whenAbout: 'Several troubles come in one message; Ringflow writes at most six times an hour.',
    afterMinutes: 'If a trouble holds for so many minutes',
    pausedMinutes: 'If amoCRM takes no requests for so many minutes',
    remindAfterHours: 'Again if it is not mended, after so many hours',
    holds: 'Holds in a minute.',
    kinds: { email: 'E-mail', telegram: 'Telegram', webhook: 'Program', 'amocrm-task': 'Task in amoCRM' },
    kindsOfTrouble: {
      ...{ 'reconnect-needed': 'amoCRM has to be connected again', 'amocrm-paused': 'amoCRM takes no requests' },
      ...{
        'pbx-database-away':
          'The database of a PBX is away, Asterisk does not write there, or the clock of the PBX is days behind',
        'pbx-silent': 'A PBX is silent in working hours',
      },
      'ami-away': "AMI is away: calls from amoCRM can't be placed",
      ...{
        'needs-attention': 'Calls need attention',
        'brake-hit': 'The limit on new contacts, leads and tasks was reached',
      },
      'parts-down': 'A part of Ringflow or a server of it is down',
      licence: 'The licence: its term, seats and checks',
    },
    secrets: { email: 'Mail server with password', telegram: 'Token of the bot', webhook: 'Signing key' },
    secretHints: {
      email: 'smtps://user:password@mail.example:465, kept encrypted',
      telegram: 'From @BotFather; kept encrypted',
      webhook: 'Optional, 16 characters or more: by it the program knows Ringflow (header ringflow-signature)',
    },
    faults: {
      ...{ name: 'Give it a name', to: 'Enter mail addresses', from: 'Enter a mail address' },
      ...{
        chatId: 'A number such as -1001234567890, or @channel',
        url: 'An address such as https://crm.example/alerts',
      },
      ...{ userId: 'Choose somebody', secret: 'Nothing can be sent without it' },
    },
    chat: (id) => `chat ${id}`,
  },
};
