import { backfillErrors } from './backfill/words.ts';
import { licenceErrors } from './licence/words.ts';
import { recordingErrors } from './recordings/words.ts';
import { widgetErrors } from './widget/words.ts';

/** What the API says to people, in the language of their browser. */

export type Language = 'ru' | 'en';

export interface Text {
  title: string;
  /** What to do now. */
  text: string;
}

type Texts = Record<Language, Text>;

const again = {
  ru: 'Начните снова на странице amoCRM в настройках Ringflow или по новой ссылке, которую печатает `bin/ringflow account connect`.',
  en: 'Begin again on the page amoCRM of the settings, or by a new link that `bin/ringflow account connect` prints.',
};

const errors = {
  'bad-request': {
    ru: { title: 'Адрес составлен неверно', text: again.ru },
    en: { title: 'The address is not as it should be', text: again.en },
  },
  'not-found': {
    ru: { title: 'Здесь ничего нет', text: 'Проверьте адрес.' },
    en: { title: 'There is nothing here', text: 'Check the address.' },
  },
  'link-expired': {
    ru: { title: 'Ссылка больше не действует', text: `Она служит один раз и 20 минут. ${again.ru}` },
    en: { title: 'The link is not valid any more', text: `It serves once and for 20 minutes. ${again.en}` },
  },
  'wrong-state': {
    ru: { title: 'Разрешение не принято: оно дано не по нашей ссылке или слишком поздно', text: again.ru },
    en: { title: 'The permission is refused: it was not given by our link, or too late', text: again.en },
  },
  'wrong-account-address': {
    ru: { title: 'Разрешение не принято: это не адрес аккаунта amoCRM', text: again.ru },
    en: { title: 'The permission is refused: that is no address of an amoCRM account', text: again.en },
  },
  'no-integration': {
    ru: {
      title: 'У этого аккаунта нет интеграции',
      text: 'Назовите её на странице amoCRM. Если аккаунт подключён долгосрочным токеном, уберите сначала AMOCRM_ACCESS_TOKEN из .env.',
    },
    en: {
      title: 'This account has no integration',
      text: 'Name one on the page amoCRM. If a long-lived token is used, first take AMOCRM_ACCESS_TOKEN out of .env.',
    },
  },
  'too-many-installs': {
    ru: { title: 'Слишком много установок сразу', text: 'Повторите через минуту.' },
    en: { title: 'Too many installations at once', text: 'Try again in a minute.' },
  },
  'wrong-signature': {
    ru: { title: 'Подпись неверна', text: 'Проверьте AMOCRM_CLIENT_SECRET.' },
    en: { title: 'The signature is wrong', text: 'Check AMOCRM_CLIENT_SECRET.' },
  },
  'wrong-account': {
    ru: { title: 'Это другой аккаунт amoCRM', text: 'Удалите этот адрес из его веб-хуков.' },
    en: { title: 'This is another amoCRM account', text: 'Remove this address from its webhooks.' },
  },
  'pbx-taken': {
    ru: {
      title: 'Это имя АТС уже занято',
      text: 'Выберите другое имя. За аккаунтом, у которого есть звонки под этим именем, оно остаётся навсегда.',
    },
    en: {
      title: 'This name of a PBX is taken',
      text: 'Choose another name. An account that has calls under a name keeps it for ever.',
    },
  },
  'wrong-database-url': {
    ru: {
      title: 'Это не адрес базы данных АТС',
      text: 'Напишите его так: mysql://имя:пароль@адрес:3306/asteriskcdrdb. Особые знаки пароля замените кодами: @ — %40, : — %3A, / — %2F, # — %23, % — %25.',
    },
    en: {
      title: "This is no address of a PBX's database",
      text: 'Write it as mysql://user:password@host:3306/asteriskcdrdb. Encode special characters of the password: @ is %40, : is %3A, / is %2F, # is %23, % is %25.',
    },
  },
  'pbx-twin': {
    ru: {
      title: 'Эту таблицу уже читает другая АТС',
      text: 'Каждый звонок был бы зарегистрирован дважды. Проверьте адрес базы и таблицу; читает её:',
    },
    en: {
      title: 'Another PBX reads this table already',
      text: 'Each of its calls would be registered twice. Check the address of the database and the table; it is read by:',
    },
  },
  'pbx-of-environment': {
    ru: { title: 'Эта АТС задана в .env', text: 'Измените PBX_… в .env и перезапустите Ringflow.' },
    en: { title: 'This PBX is that of .env', text: 'Change PBX_… in .env and restart Ringflow.' },
  },
  'ami-secret-needed': {
    ru: {
      title: 'Нужен пароль AMI',
      text: 'Прежний дан для другого адреса или имени и туда не уйдёт. Впишите пароль (secret) из manager.conf.',
    },
    en: {
      title: 'The secret of AMI is needed',
      text: 'The present one was given for another address or user and is not sent elsewhere. Enter the secret of manager.conf.',
    },
  },
  'wrong-recordings-url': {
    ru: {
      title: 'По этому адресу записи читать нельзя',
      text: 'Нужен адрес папки вида https://pbx.example.ru/recordings/. С именем и паролем — только https: иначе пароль шёл бы открытым.',
    },
    en: {
      title: "Recordings can't be read at this address",
      text: 'Give the address of the folder, such as https://pbx.example/recordings/. With user and password only https: else the password would travel open.',
    },
  },
  'recordings-secret-needed': {
    ru: {
      title: 'Нужен пароль или ключ',
      text: 'Прежний дан для другого сервера или имени и туда не уйдёт. Впишите пароль или закрытый ключ.',
    },
    en: {
      title: 'A password or a key is needed',
      text: 'The present one was given for another server or user and is not sent elsewhere. Enter the password or the private key.',
    },
  },
  'no-whole-number': {
    ru: {
      title: 'Номер неполный',
      text: 'Напишите номер целиком, с кодом города: в нём от 10 до 15 цифр, например +7 916 123-45-67.',
    },
    en: {
      title: 'The number is not whole',
      text: 'Write the whole number with its area code: it has 10 to 15 digits, such as +7 916 123-45-67.',
    },
  },
  'other-last-digits': {
    ru: {
      title: 'Последние цифры не совпадают',
      text: 'Ничего не удалено. Введите последние четыре цифры того номера, который нужно забыть.',
    },
    en: {
      title: 'The last digits are of another number',
      text: 'Nothing was deleted. Type the last four digits of the number that is to be forgotten.',
    },
  },
  'no-payload-key': {
    ru: {
      title: 'Нет ключа к этой истории',
      text: 'Добавьте ключ, которым она зашифрована, в TEMPORAL_PAYLOAD_KEYS после самого нового и перезапустите Ringflow.',
    },
    en: {
      title: 'There is no key to this history',
      text: 'Add the key by which it was encrypted to TEMPORAL_PAYLOAD_KEYS, after the newest, and restart Ringflow.',
    },
  },
  'no-secret-keys': {
    ru: {
      title: 'Секрет нечем зашифровать',
      text: 'Задайте RINGFLOW_SECRET_KEYS (см. .env.example) и перезапустите Ringflow.',
    },
    en: {
      title: 'There is no key to encrypt the secret with',
      text: 'Set RINGFLOW_SECRET_KEYS (see .env.example) and restart Ringflow.',
    },
  },
  'pbx-silent': {
    ru: { title: 'База АТС не читается', text: 'Проверьте подключение на странице «АТС». Причина:' },
    en: { title: "The PBX's database can't be read", text: 'Check the connection on the page “PBXs”. The reason:' },
  },
  'list-in-use': {
    ru: { title: 'Список нужен правилам', text: 'Сначала уберите его из этих правил:' },
    en: { title: 'Rules use this list', text: 'Take it out of these rules first:' },
  },
  'account-of-environment': {
    ru: { title: 'Доступ к этому аккаунту задан в .env', text: 'Измените AMOCRM_… в .env и перезапустите Ringflow.' },
    en: { title: 'How this account is reached is set in .env', text: 'Change AMOCRM_… in .env and restart Ringflow.' },
  },
  'account-taken': {
    ru: { title: 'Этот аккаунт уже есть', text: 'Выберите его вверху страницы. Его имя здесь:' },
    en: { title: 'This account is here already', text: 'Choose it at the top of the page. It is called:' },
  },
  'wrong-account-url': {
    ru: { title: 'Это не адрес аккаунта amoCRM', text: 'Нужен адрес вида https://youraccount.amocrm.ru.' },
    en: { title: 'This is no address of an amoCRM account', text: 'Give one such as https://youraccount.amocrm.ru.' },
  },
  'nothing-to-accept': {
    ru: { title: 'Принимать нечего', text: 'amoCRM ещё не дала доступа: нажмите «Подключить».' },
    en: { title: 'There is nothing to accept', text: 'amoCRM has not given access yet: press “Connect”.' },
  },
  'wrong-smtp': {
    ru: {
      title: 'Это не адрес почтового сервера',
      text: 'Напишите его так: smtps://имя:пароль@mail.example.ru:465. Особые знаки пароля замените кодами: @ — %40, : — %3A, / — %2F.',
    },
    en: {
      title: 'This is no address of a mail server',
      text: 'Write it as smtps://user:password@mail.example:465. Encode special characters of the password: @ is %40, : is %3A, / is %2F.',
    },
  },
  'wrong-bot-token': {
    ru: { title: 'Это не токен бота', text: 'Скопируйте его целиком у @BotFather: 123456789:AA…' },
    en: { title: 'This is no token of a bot', text: 'Copy the whole from @BotFather: 123456789:AA…' },
  },
  'wrong-signing-key': {
    ru: { title: 'Ключ подписи не годится', text: 'Нужно от 16 до 200 латинских букв, цифр и знаков без пробелов.' },
    en: { title: 'The signing key will not do', text: 'It takes 16 to 200 letters, digits and signs without spaces.' },
  },
  'amocrm-silent': {
    ru: { title: 'amoCRM не удалось спросить', text: 'Показано то, что было известно раньше. Причина:' },
    en: { title: 'amoCRM could not be asked', text: 'What is shown was known before. The reason:' },
  },
  'no-pages': {
    ru: { title: 'Страницы не собраны', text: 'Выполните `npm run build-web` и запустите api снова.' },
    en: { title: 'The pages have not been built', text: 'Run `npm run build-web` and start api again.' },
  },
  'widget-needs-https': {
    ru: {
      title: 'Виджету нужен адрес https://',
      text: 'Страницы amoCRM не могут обращаться к http://. Задайте в PUBLIC_URL адрес Ringflow с https:// и перезапустите api.',
    },
    en: {
      title: 'The widget needs an address with https://',
      text: 'Pages of amoCRM can’t ask at http://. Set PUBLIC_URL to an address of Ringflow with https:// and restart api.',
    },
  },
  'wrong-request': {
    ru: { title: 'Запрос составлен неверно', text: 'Исправьте то, что названо, и повторите.' },
    en: { title: 'The request is not as it should be', text: 'Mend what is named and try again.' },
  },
  'sign-in-needed': {
    ru: { title: 'Вы не вошли', text: 'Войдите и повторите; введённое не пропадёт.' },
    en: { title: 'You are not signed in', text: 'Sign in and try again; what you have entered stays.' },
  },
  'not-allowed': {
    ru: { title: 'Вам это не разрешено', text: 'Попросите администратора Ringflow сделать это или дать вам роль.' },
    en: { title: 'You may not do this', text: 'Ask an administrator of Ringflow to do it or to give you the role.' },
  },
  'foreign-page': {
    ru: { title: 'Запрос пришёл с чужой страницы', text: 'Откройте настройки Ringflow по их адресу (PUBLIC_URL).' },
    en: {
      title: 'The request comes from another page',
      text: 'Open the settings of Ringflow at their address (PUBLIC_URL).',
    },
  },
  'wrong-password': {
    ru: {
      title: 'Имя или пароль неверны',
      text: 'Проверьте раскладку. Забыли пароль — администратор даст ссылку; с сервера её печатает `bin/ringflow user link`.',
    },
    en: {
      title: 'The name or the password is wrong',
      text: 'Forgotten? An administrator gives you a link; on the server `bin/ringflow user link` prints one.',
    },
  },
  'too-many-guesses': {
    ru: { title: 'Слишком много попыток', text: 'Повторите через 15 минут.' },
    en: { title: 'Too many attempts', text: 'Try again in 15 minutes.' },
  },
  'password-link-void': {
    ru: {
      title: 'Ссылка больше не действует',
      text: 'Она служит один раз и двое суток. Новую даст администратор; с сервера её печатает `bin/ringflow user link`.',
    },
    en: {
      title: 'The link is not valid any more',
      text: 'It serves once, for two days. An administrator gives you a new one; on the server `bin/ringflow user link` prints it.',
    },
  },
  'login-taken': {
    ru: { title: 'Это имя уже занято', text: 'Выберите другое имя для входа.' },
    en: { title: 'This name is taken', text: 'Choose another name to sign in with.' },
  },
  'no-admin': {
    ru: { title: 'Не осталось бы ни одного администратора', text: 'Сначала дайте эту роль кому-нибудь ещё.' },
    en: { title: 'There would be no administrator left', text: 'Give this role to somebody else first.' },
  },
  'faulty-settings': {
    ru: { title: 'Настройки не сохранены: в них есть ошибки', text: 'Исправьте то, что названо, и сохраните снова.' },
    en: { title: 'The settings were not saved: there are faults in them', text: 'Mend what is named and save again.' },
  },
  'settings-conflict': {
    ru: {
      title: 'То же самое только что изменил другой человек',
      text: 'Ничего не сохранено. Посмотрите на его изменения и решите, чьи оставить.',
    },
    en: {
      title: 'Somebody else has just changed the same',
      text: 'Nothing was saved. Look at their changes and decide whose to keep.',
    },
  },
  'wrong-period': {
    ru: { title: 'Период задан неверно', text: 'Первый день не позже последнего, и всего не больше 366 дней.' },
    en: {
      title: 'The period is not as it should be',
      text: 'The first day must not be after the last, and there may be 366 days at most.',
    },
  },
  'too-many-streams': {
    ru: {
      title: 'Звонки открыты на слишком многих страницах',
      text: 'Закройте лишние вкладки, в которых вы следите за звонками.',
    },
    en: { title: 'Calls are followed on too many pages', text: 'Close some of the tabs in which you follow calls.' },
  },
  'again-too-often': {
    ru: {
      title: 'Этот звонок повторяли слишком часто',
      text: 'Откройте его в Temporal UI и посмотрите, что мешает.',
    },
    en: {
      title: 'This call was done again too often',
      text: 'Open it in the Temporal UI and look what is in its way.',
    },
  },
  ...widgetErrors,
  ...backfillErrors,
  ...licenceErrors,
  ...recordingErrors,
  trouble: {
    ru: { title: 'Ringflow сейчас не может ответить', text: 'Повторите через минуту; подробности в журнале api.' },
    en: { title: "Ringflow can't answer now", text: 'Try again in a minute; the log of api says more.' },
  },
} satisfies Record<string, Texts>;

const pages = {
  connected: {
    ru: { title: 'amoCRM подключена', text: 'Звонки, которые ждали, появятся в ней сами. Страницу можно закрыть.' },
    en: {
      title: 'amoCRM is connected',
      text: 'Calls that waited will appear there by themselves. You may close this page.',
    },
  },
  installing: {
    ru: {
      title: 'Установка принята к проверке',
      text: 'Подтвердит ли её amoCRM, станет ясно через минуту: тогда `bin/ringflow account list` покажет аккаунт, и новый ждёт, пока администратор Ringflow примет его командой `bin/ringflow account accept`. Если аккаунта там нет, причину назовёт журнал api.',
    },
    en: {
      title: 'The installation is being checked',
      text: 'Whether amoCRM confirms it shows in a minute: then `bin/ringflow account list` has the account, and a new one waits until the administrator of Ringflow accepts it with `bin/ringflow account accept`. If it is not there, the log of api says why.',
    },
  },
  pending: {
    ru: {
      title: 'Осталось подтвердить',
      text: 'Администратор Ringflow подтверждает аккаунт командой `bin/ringflow account accept`; до того всё ждёт.',
    },
    en: {
      title: 'To be accepted',
      text: 'The administrator of Ringflow accepts the account with `bin/ringflow account accept`; until then everything waits.',
    },
  },
  refused: {
    ru: { title: 'Подключить не удалось', text: again.ru },
    en: { title: 'amoCRM was not connected', text: again.en },
  },
  denied: {
    ru: { title: 'Вы не дали разрешения', text: `Ничего не изменилось. Передумаете — ${again.ru}` },
    en: { title: 'You did not allow it', text: `Nothing has changed. If you think better of it: ${again.en}` },
  },
  later: {
    ru: {
      title: 'Подключение ещё идёт',
      text: 'amoCRM отвечает не сразу. Ringflow попробует ещё раз сам; что вышло, скажет `bin/ringflow account list`.',
    },
    en: {
      title: 'Still connecting',
      text: 'amoCRM is slow to answer. Ringflow goes on by itself; `bin/ringflow account list` tells what came of it.',
    },
  },
} satisfies Record<string, Texts>;

export const words = { errors, pages };

/** @param header Accept-Language; the first that is ours counts */
export function languageOf(header = ''): Language {
  const wanted = header.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((one): one is Language => one === 'ru' || one === 'en') ?? 'en';
}
