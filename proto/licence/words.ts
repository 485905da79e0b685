import type { Feature } from './feature.ts';
import type { HeldBack, LicensedDeed } from './gate.ts';
import type { StandingReason } from './standing.ts';
import type { LicensingFailure } from './wire.ts';

type Language = 'ru' | 'en';
type Words<T> = Record<Language, T>;

/** What a feature is called, as one is told that it is on or off. */
export const featureNames: Words<Record<Feature, string>> = {
  ru: {
    cards: 'Карточка при звонке',
    registration: 'Запись звонков в amoCRM',
    'crm-changes': 'Контакты, сделки, задачи, теги и этапы',
    'click-to-call': 'Звонки из amoCRM',
    routing: 'Маршрутизация клиента к своему менеджеру',
    recordings: 'Записи разговоров',
    backfill: 'Загрузка прошлых звонков',
    hooks: 'Хуки для ваших программ',
    'several-pbxs': 'Несколько АТС',
  },
  en: {
    cards: 'Card while the phone rings',
    registration: 'Calls in the client’s history',
    'crm-changes': 'Contacts, leads, tasks, tags and stages',
    'click-to-call': 'Calls from amoCRM',
    routing: 'Routing of clients to their own manager',
    recordings: 'Recordings',
    backfill: 'Calls of the past',
    hooks: 'Hooks for your own programs',
    'several-pbxs': 'Several PBXs',
  },
};

/** Why the licence is less than it was, or than one may wish; a whole sentence. */
export const reasonWords: Words<Record<StandingReason, string>> = {
  ru: {
    'no-licence': 'Лицензии ещё нет.',
    'trial-over': 'Пробный период закончился.',
    'term-over': 'Оплаченный срок закончился.',
    revoked: 'Лицензию отозвали.',
    moved: 'Ключ перенесли на другой сервер.',
    released: 'Ключ сняли с этого сервера.',
    'server-away': 'Сервер лицензий слишком долго не отвечает.',
    'no-secret-keys': 'Лицензию нельзя прочитать: RINGFLOW_SECRET_KEYS не задан или не тот.',
    'no-root-key': 'Лицензию нельзя проверить: не задан LICENSING_ROOT_KEY.',
    'permit-unreadable': 'Сохранённое разрешение не прошло проверку подлинности.',
  },
  en: {
    'no-licence': 'There is no licence yet.',
    'trial-over': 'The trial is over.',
    'term-over': 'The term that was paid for is over.',
    revoked: 'The licence was revoked.',
    moved: 'The key was moved to another server.',
    released: 'The key was taken off this server.',
    'server-away': 'The licensing server has not answered for too long.',
    'no-secret-keys': 'The licence can’t be read: RINGFLOW_SECRET_KEYS is missing, or is another.',
    'no-root-key': 'The licence can’t be verified: LICENSING_ROOT_KEY is missing.',
    'permit-unreadable': 'The permit that is kept is not genuine.',
  },
};

/** What to do about it. */
export const remedyWords: Words<Record<StandingReason, string>> = {
  ru: {
    'no-licence':
      'Подключите amoCRM — пробный период начнётся сам — или введите ключ на странице «Лицензия». Без интернета: там же файл запроса.',
    'trial-over': 'Купите лицензию и введите ключ на странице «Лицензия»: всё включится сразу.',
    'term-over': 'Продлите лицензию: при ближайшей проверке всё включится само.',
    revoked: 'Свяжитесь с тем, у кого куплена лицензия, или введите другой ключ на странице «Лицензия».',
    moved: 'Введите на странице «Лицензия» другой ключ или верните этот: владелец ключа может перенести его обратно.',
    released: 'Введите ключ на странице «Лицензия».',
    'server-away':
      'Откройте серверу Ringflow доступ по https к адресу из LICENSING_URL и нажмите «Проверить сейчас» на странице «Лицензия».',
    'no-secret-keys': 'Задайте RINGFLOW_SECRET_KEYS — те же ключи, что были при активации, — и перезапустите Ringflow.',
    'no-root-key': 'Задайте LICENSING_ROOT_KEY — он приходит вместе с лицензией — и перезапустите Ringflow.',
    'permit-unreadable':
      'Сверьте LICENSING_ROOT_KEY с тем, что пришёл с лицензией, перезапустите Ringflow и нажмите «Проверить сейчас» на странице «Лицензия». Без интернета: загрузите там файл разрешения ещё раз.',
  },
  en: {
    'no-licence':
      'Connect amoCRM, and a trial begins by itself; or enter a key on the page “Licence”. Without the internet: take the request file there.',
    'trial-over': 'Buy a licence and enter its key on the page “Licence”: all is on at once.',
    'term-over': 'Extend the licence: at the next check all is on again by itself.',
    revoked: 'Ask whoever sold you the licence, or enter another key on the page “Licence”.',
    moved: 'Enter another key on the page “Licence”, or have this one moved back by whoever owns it.',
    released: 'Enter a key on the page “Licence”.',
    'server-away':
      'Let the server of Ringflow reach the address in LICENSING_URL by https, and press “Check now” on the page “Licence”.',
    'no-secret-keys': 'Set RINGFLOW_SECRET_KEYS to the keys that it had when it was activated, and restart Ringflow.',
    'no-root-key': 'Set LICENSING_ROOT_KEY, which comes with the licence, and restart Ringflow.',
    'permit-unreadable':
      'Compare LICENSING_ROOT_KEY with the one that came with the licence, restart Ringflow and press “Check now” on the page “Licence”. Without the internet: take in the permit file there once more.',
  },
};

const notInPlan: Words<string> = {
  ru: 'Это не входит в вашу лицензию. Что даёт другая, скажет тот, у кого она куплена; страница «Лицензия» показывает, что включено.',
  en: 'Your licence does not have it. Whoever sold it tells which one does; the page “Licence” shows what is on.',
};

/** @param reason why the licence is less than was paid for; null: it is as it was bought */
export function whyOff(
  feature: Feature,
  reason: StandingReason | null,
  language: Language,
): { title: string; whatToDo: string } {
  const name = featureNames[language][feature];
  return {
    title: language === 'ru' ? `Выключено: ${lower(name)}` : `Switched off: ${lower(name)}`,
    whatToDo: reason === null ? notInPlan[language] : told(reason, language),
  };
}

const told = (reason: StandingReason, language: Language) =>
  `${reasonWords[language][reason]} ${remedyWords[language][reason]}`;

const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

const deedNames: Words<Record<LicensedDeed, string>> = {
  ru: {
    ...{ 'show-card': 'карточка', 'register-call': 'запись звонка', 'create-contact': 'контакт' },
    ...{ 'create-lead': 'сделка', 'create-incoming-lead': 'неразобранное', change: 'изменение клиента или сделки' },
    ...{ 'create-task': 'задача', 'complete-task': 'закрытие задачи', 'call-hook': 'хук' },
    ...{ 'decision-hook': 'хук, который решает', click: 'звонок по клику', route: 'маршрутизация' },
    ...{ 'play-recording': 'запись разговора', backfill: 'загрузка прошлых звонков', 'further-pbx': 'ещё одна АТС' },
  },
  en: {
    ...{ 'show-card': 'the card', 'register-call': 'the record of the call', 'create-contact': 'a contact' },
    ...{ 'create-lead': 'a lead', 'create-incoming-lead': 'an incoming lead', change: 'changes of client or lead' },
    ...{ 'create-task': 'a task', 'complete-task': 'the closing of a task', 'call-hook': 'a hook' },
    ...{ 'decision-hook': 'the decision hook', click: 'a call by a click', route: 'routing' },
    ...{ 'play-recording': 'the recording', backfill: 'calls of the past', 'further-pbx': 'a further PBX' },
  },
};

const whyHeld: Words<(held: HeldBack) => string> = {
  ru: ({ why, feature, deeds }) =>
    why === 'pbx-beyond'
      ? 'по лицензии работает одна АТС, эта — лишняя'
      : why === 'no-seat'
        ? deeds.includes('register-call')
          ? 'ни у кого из участников звонка нет места в лицензии'
          : 'у сотрудника нет места в лицензии'
        : `в лицензии нет: ${lower(featureNames.ru[feature ?? 'registration'])}`,
  en: ({ why, feature, deeds }) =>
    why === 'pbx-beyond'
      ? 'the licence has one PBX, and this is one more'
      : why === 'no-seat'
        ? deeds.includes('register-call')
          ? 'nobody who took part has a seat in the licence'
          : 'the employee has no seat in the licence'
        : `the licence lacks: ${lower(featureNames.en[feature ?? 'registration'])}`,
};

/** What was held back in a call and why, in a sentence or two. */
export function tellHeldBack(held: HeldBack, language: Language): string {
  const names = held.deeds.map((deed) => deedNames[language][deed]).join(', ');
  const why = whyHeld[language](held);
  const what = language === 'ru' ? `Не сделано: ${names} — ${why}.` : `Not done: ${names}; ${why}.`;
  return held.reason === null ? what : `${what} ${reasonWords[language][held.reason]}`;
}

/** How what was held back is made up for. */
export const laterWords: Words<string> = {
  ru: 'Когда лицензия позволит, нажмите «Сделать ещё раз»: звонок запишется по лицензии, которая будет тогда.',
  en: 'Once the licence allows it, press “Do again”: the call is registered by the licence of then.',
};

/** What became of a talk with the licensing server that did not go well, and what to do. */
export const failureWords: Words<Record<LicensingFailure, { title: string; whatToDo: string }>> = {
  ru: {
    unreachable: {
      title: 'Сервер лицензий не отвечает',
      whatToDo:
        'Проверьте, что с сервера Ringflow по https открывается адрес из LICENSING_URL. Ringflow попробует снова сам.',
    },
    untrusted: {
      title: 'Сертификату сервера лицензий нельзя доверять',
      whatToDo:
        'Если между ними стоит ваш прокси, назовите его сертификаты в LICENSING_CA_FILE. Если нет — спросите того, у кого куплена лицензия: отвечает кто-то другой.',
    },
    forged: {
      title: 'Ответ сервера лицензий не прошёл проверку подлинности',
      whatToDo: 'Сверьте LICENSING_ROOT_KEY и LICENSING_URL с теми, что пришли с лицензией. Ничего не изменилось.',
    },
    replayed: {
      title: 'Сервер лицензий прислал разрешение старее прежнего',
      whatToDo: 'Ничего не изменилось. Если это повторится, напишите тому, у кого куплена лицензия.',
    },
    trouble: {
      title: 'Сервер лицензий сейчас не справляется',
      whatToDo: 'Ringflow попробует снова сам.',
    },
    'request-invalid': {
      title: 'Сервер лицензий не понял запроса',
      whatToDo: 'Обновите Ringflow; если не поможет, напишите тому, у кого куплена лицензия.',
    },
    'request-stale': {
      title: 'Часы этого сервера расходятся с часами сервера лицензий',
      whatToDo: 'Поставьте точное время (NTP) и нажмите «Проверить сейчас».',
    },
    'request-seen': { title: 'Этот запрос сервер лицензий уже получал', whatToDo: 'Ringflow попробует снова сам.' },
    'key-unknown': { title: 'Такого ключа нет', whatToDo: 'Проверьте, не пропущен ли символ, и введите ключ ещё раз.' },
    'key-revoked': {
      title: 'Этот ключ отозвали',
      whatToDo: 'Спросите того, у кого он куплен, или введите другой.',
    },
    'key-over': {
      title: 'Срок этого ключа закончился: продлите его',
      whatToDo: 'Попросите того, у кого он куплен, продлить его, и введите снова. Пока всё осталось как было.',
    },
    'key-in-use': {
      title: 'Этот ключ занят другим сервером',
      whatToDo:
        'Освободите его там на странице «Лицензия» кнопкой «Освободить ключ». Если того сервера больше нет, подключите здесь тот же аккаунт amoCRM и введите ключ снова через семь часов. Не выйдет — попросите того, у кого ключ куплен, перенести его.',
    },
    'trial-used': {
      title: 'Пробный период у этого аккаунта amoCRM уже был',
      whatToDo: 'Купите лицензию и введите ключ на странице «Лицензия».',
    },
    'no-account': {
      title: 'Для пробного периода нужен аккаунт amoCRM',
      whatToDo: 'Подключите amoCRM: пробный период начнётся сам.',
    },
    'installation-unknown': {
      title: 'Сервер лицензий не знает этой установки',
      whatToDo: 'Введите ключ на странице «Лицензия».',
    },
    'too-many-requests': {
      title: 'Слишком много запросов к серверу лицензий',
      whatToDo: 'Подождите несколько минут: Ringflow попробует снова сам.',
    },
  },
  en: {
    unreachable: {
      title: 'The licensing server does not answer',
      whatToDo:
        'Check that the server of Ringflow can open the address in LICENSING_URL by https. It is tried again by itself.',
    },
    untrusted: {
      title: 'The certificate of the licensing server is not to be trusted',
      whatToDo:
        'If a proxy of yours stands between, name its certificates in LICENSING_CA_FILE. If none does, ask whoever sold you the licence: somebody else answers.',
    },
    forged: {
      title: 'What the licensing server answered is not genuine',
      whatToDo:
        'Compare LICENSING_ROOT_KEY and LICENSING_URL with those that came with the licence. Nothing has changed.',
    },
    replayed: {
      title: 'The licensing server sent a permit older than the last one',
      whatToDo: 'Nothing has changed. If it happens again, tell whoever sold you the licence.',
    },
    trouble: { title: 'The licensing server is in trouble', whatToDo: 'It is tried again by itself.' },
    'request-invalid': {
      title: 'The licensing server did not understand',
      whatToDo: 'Update Ringflow; if that does not help, tell whoever sold you the licence.',
    },
    'request-stale': {
      title: 'The clocks of this server and of the licensing server differ too far',
      whatToDo: 'Set the right time (NTP) and press “Check now”.',
    },
    'request-seen': {
      title: 'The licensing server had this request before',
      whatToDo: 'It is tried again by itself.',
    },
    'key-unknown': { title: 'There is no such key', whatToDo: 'Look whether a sign was lost, and enter it again.' },
    'key-revoked': { title: 'This key was revoked', whatToDo: 'Ask whoever sold it to you, or enter another one.' },
    'key-over': {
      title: 'The term of this key is over: extend it',
      whatToDo: 'Have it extended by whoever sold it to you, then enter it again. Nothing has changed meanwhile.',
    },
    'key-in-use': {
      title: 'Another server uses this key',
      whatToDo:
        'Give it back there, on the page “Licence” by the button “Give the key back”. If that server is gone, connect the same amoCRM account here and enter the key again in seven hours. If that does not help, ask whoever sold you the key to move it.',
    },
    'trial-used': {
      title: 'This amoCRM account had its trial already',
      whatToDo: 'Buy a licence and enter its key on the page “Licence”.',
    },
    'no-account': { title: 'A trial needs an amoCRM account', whatToDo: 'Connect amoCRM: the trial begins by itself.' },
    'installation-unknown': {
      title: 'The licensing server does not know this installation',
      whatToDo: 'Enter a key on the page “Licence”.',
    },
    'too-many-requests': {
      title: 'The licensing server was asked too often',
      whatToDo: 'Wait a few minutes: it is tried again by itself.',
    },
  },
};
