import type { Words } from '../../../kit/language.tsx';
import type { Account } from '../../app/account.ts';

type Label =
  | ('title' | 'about' | 'connection' | 'connect' | 'connectAgain' | 'connectAbout' | 'disconnect' | 'disconnectSure')
  | ('connectedSince' | 'refresh' | 'pausedUntil' | 'goOn' | 'goOnAbout' | 'accept' | 'acceptAbout' | 'detail')
  | ('notYet' | 'noIntegration' | 'reconnect' | 'badToken' | 'off' | 'byToken')
  | ('integration' | 'integrationAbout' | 'ofEnvironment' | 'redirectUri' | 'offUri' | 'copy' | 'copied' | 'clientId')
  | ('clientSecret' | 'clientSecretAbout' | 'save' | 'saved' | 'change' | 'changeAbout' | 'cancel' | 'add' | 'address')
  | ('addressAbout' | 'added' | 'pipelines' | 'mainPipeline' | 'users' | 'user' | 'phone' | 'inactive' | 'readAgain')
  | ('readAt' | 'neverRead' | 'neverReadText' | 'connecting' | 'later' | 'laterText' | 'done' | 'doneText')
  | ('toAccept' | 'refused' | 'denied' | 'deniedText' | 'first' | 'firstText');

interface Texts extends Record<Label, string> {
  states: Record<Account['state'], string>;
  /** Why nobody sends, by the code of the refusal. */
  pauses: Record<string, string>;
}

export const texts: Words<Texts> = {
  ru: {
    ...{ title: 'amoCRM', about: 'Подключение аккаунта и то, что Ringflow о нём знает.' },
    ...{ connection: 'Подключение', connect: 'Подключить', connectAgain: 'Подключить заново' },
    connectAbout:
      'Откроется страница amoCRM: войдите как администратор аккаунта и разрешите доступ. Потом вы вернётесь сюда.',
    ...{ disconnect: 'Отключить', disconnectSure: 'Точно отключить? Звонки будут ждать' },
    ...{
      connectedSince: 'Подключена с',
      refresh: 'Следующее продление доступа',
      pausedUntil: 'Запросы приостановлены до',
    },
    ...{ goOn: 'Продолжить сейчас', goOnAbout: 'Нажмите, когда причина устранена; иначе amoCRM откажет снова.' },
    accept: 'Принять',
    acceptAbout: 'Виджет установили из amoCRM, доступ уже дан. До вашего согласия ничего туда не отправляется.',
    ...{ detail: 'Подробно:', notYet: 'amoCRM ещё не дала доступа. До тех пор звонки ждут и не теряются.' },
    noIntegration: 'Сначала укажите интеграцию ниже.',
    reconnect: 'amoCRM отозвала доступ. Звонки ждут и не теряются; подключите аккаунт заново.',
    badToken: 'amoCRM не принимает долгосрочный токен. Замените AMOCRM_ACCESS_TOKEN в .env и перезапустите Ringflow.',
    off: 'Аккаунт отключён. Звонки ждут и не теряются; подключите его, когда захотите продолжить.',
    byToken: 'Используется долгосрочный токен из .env (AMOCRM_ACCESS_TOKEN).',
    integration: 'Интеграция',
    integrationAbout:
      'В amoCRM: «амоМаркет» → меню «⋯» → «Создать интеграцию» → «Внешняя интеграция». Вставьте туда эти адреса, дайте доступ «Предоставить доступ: Все», сохраните и перенесите сюда ID и секретный ключ.',
    ofEnvironment: 'Задана в .env (AMOCRM_CLIENT_ID и другие); здесь не меняется.',
    ...{ redirectUri: 'Ссылка для перенаправления', offUri: 'Хук об отключении (если нужен)' },
    ...{ copy: 'Скопировать', copied: 'Скопировано', clientId: 'ID интеграции', clientSecret: 'Секретный ключ' },
    clientSecretAbout: 'Хранится зашифрованным и больше нигде не показывается.',
    ...{ save: 'Сохранить', saved: 'Интеграция сохранена, можно подключать', change: 'Изменить интеграцию' },
    changeAbout: 'С другим ID аккаунт придётся подключить заново: прежний доступ к нему не относится.',
    first: 'Начните с аккаунта amoCRM',
    firstText:
      'Нужны его адрес и интеграция: администратор аккаунта создаёт её в amoCRM за пару минут. Затем подключите АТС, и придёт первая карточка.',
    ...{ cancel: 'Не менять', add: 'Добавить аккаунт', address: 'Адрес аккаунта' },
    ...{ addressAbout: 'Как в адресной строке, например https://youraccount.amocrm.ru', added: 'Аккаунт добавлен' },
    ...{ pipelines: 'Воронки и этапы', mainPipeline: 'главная', users: 'Пользователи', user: 'Имя', phone: 'Телефон' },
    ...{ inactive: 'отключён', readAgain: 'Прочитать снова', readAt: 'Прочитано' },
    neverRead: 'Воронки и пользователи ещё не прочитаны',
    neverReadText: 'Они появятся здесь, когда аккаунт будет подключён.',
    ...{ connecting: 'amoCRM дала доступ, подключаем…', later: 'Подключение ещё идёт' },
    laterText: 'amoCRM отвечает не сразу. Ringflow пробует сам; что вышло, будет видно ниже.',
    ...{ done: 'amoCRM подключена', doneText: 'Звонки, которые ждали, появятся в ней сами.' },
    ...{ toAccept: 'Осталось принять аккаунт', refused: 'Подключить не удалось', denied: 'Вы не дали разрешения' },
    deniedText: 'Ничего не изменилось. Если передумаете, подключите ещё раз.',
    states: {
      ...{ pending: 'ещё не подключена', connected: 'подключена', 'reconnect-needed': 'нужно подключить заново' },
      disconnected: 'отключена',
    },
    pauses: {
      RateLimited: 'amoCRM просит обращаться реже; это пройдёт само.',
      Blocked: 'amoCRM заблокировала доступ к API. Напишите в поддержку amoCRM.',
      AccountUnpaid: 'Аккаунт amoCRM не оплачен. Оплатите его.',
    },
  },
  en: {
    ...{ title: 'amoCRM', about: 'How the account is connected, and what Ringflow knows of it.' },
    ...{ connection: 'Connection', connect: 'Connect', connectAgain: 'Connect again' },
    connectAbout:
      'A page of amoCRM opens: sign in there as an administrator of the account and allow the access. Then you come back here.',
    ...{ disconnect: 'Disconnect', disconnectSure: 'Really disconnect? Calls will wait' },
    ...{
      connectedSince: 'Connected since',
      refresh: 'Access is renewed by itself',
      pausedUntil: 'Requests are paused until',
    },
    ...{ goOn: 'Go on now', goOnAbout: 'Press it once the reason is mended; else amoCRM refuses again.' },
    accept: 'Accept',
    acceptAbout: 'The widget was installed from amoCRM and access is given. Until you accept it nothing is sent there.',
    ...{ detail: 'In detail:', notYet: 'amoCRM has not given access yet. Until then calls wait, and none is lost.' },
    noIntegration: 'First name the integration below.',
    reconnect: 'amoCRM has withdrawn the access. Calls wait, and none is lost; connect the account again.',
    badToken: 'amoCRM does not take the long-lived token. Change AMOCRM_ACCESS_TOKEN in .env and restart Ringflow.',
    off: 'The account is disconnected. Calls wait, and none is lost; connect it when you want to go on.',
    byToken: 'The long-lived token of .env is used (AMOCRM_ACCESS_TOKEN).',
    integration: 'Integration',
    integrationAbout:
      'In amoCRM: “amoMarket” → menu “⋯” → “Create an integration” → “External”. Put these addresses in there, grant access to everything, save, and bring the integration ID and the secret key here.',
    ofEnvironment: 'Set in .env (AMOCRM_CLIENT_ID and the others); it is not changed here.',
    ...{ redirectUri: 'Redirect URI', offUri: 'Hook for disconnection (optional)' },
    ...{ copy: 'Copy', copied: 'Copied', clientId: 'Integration ID', clientSecret: 'Secret key' },
    clientSecretAbout: 'Kept encrypted, and never shown again.',
    ...{ save: 'Save', saved: 'The integration is saved and can be connected', change: 'Change the integration' },
    changeAbout: 'With another ID the account has to be connected again: the access of before does not belong to it.',
    first: 'Begin with your amoCRM account',
    firstText:
      'It takes its address and an integration, which an administrator of the account makes in amoCRM within minutes. Then connect the PBX, and the first card comes.',
    ...{ cancel: 'Leave it', add: 'Add an account', address: 'Address of the account' },
    ...{ addressAbout: 'As in the address bar, such as https://youraccount.amocrm.ru', added: 'The account is added' },
    ...{ pipelines: 'Pipelines and stages', mainPipeline: 'main', users: 'Users', user: 'Name', phone: 'Phone' },
    ...{ inactive: 'deactivated', readAgain: 'Read again', readAt: 'Read' },
    neverRead: 'Pipelines and users have not been read yet',
    neverReadText: 'They appear here once the account is connected.',
    ...{ connecting: 'amoCRM has given access, connecting…', later: 'Still connecting' },
    laterText: 'amoCRM is slow to answer. Ringflow goes on by itself; what comes of it shows below.',
    ...{ done: 'amoCRM is connected', doneText: 'Calls that waited will appear there by themselves.' },
    ...{ toAccept: 'The account is still to be accepted', refused: 'amoCRM was not connected' },
    ...{ denied: 'You did not allow it', deniedText: 'Nothing has changed. If you think better of it, connect again.' },
    states: {
      ...{ pending: 'not connected yet', connected: 'connected', 'reconnect-needed': 'to be connected again' },
      disconnected: 'disconnected',
    },
    pauses: {
      RateLimited: 'amoCRM asks for fewer requests; this passes by itself.',
      Blocked: "amoCRM has blocked the API. Write to amoCRM's support.",
      AccountUnpaid: 'The amoCRM account is not paid for. Pay for it.',
    },
  },
};
