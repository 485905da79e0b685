import type { Language, Words } from '../../../kit/language.tsx';
import { dayIn } from '../../../kit/moment.tsx';
import type { HistoryRow } from '../../app/api.ts';

/** What an entry is about, as far as its words need it; each is there or not, by the event. */
interface Facts {
  name: string;
  login: string;
  account: string;
  address: string;
  hint: string;
  reason: string;
  plan: string;
  seats: string;
  until: string;
  /** The beginnings of the ids of installations. */
  installation: string;
  from: string;
}

/** An entry of the history, in a sentence. @param planName how a plan is called */
export function tellEvent(row: HistoryRow, language: Language, planName: (planId: string) => string): string {
  return texts[language][row.event](factsOf(row, language, planName));
}

const shortId = (id: unknown) => (typeof id === 'string' ? `${id.slice(0, 8)}…` : '');
const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function factsOf({ details, thumbprint }: HistoryRow, language: Language, planName: (planId: string) => string): Facts {
  const { name, login, account, address, hint, reason, planId, seats, from } = details;
  const untilMs = details.untilMs ?? details.paidUntilMs;
  return {
    ...{ name: textOf(name), login: textOf(login), account: textOf(account), address: textOf(address) },
    ...{ hint: textOf(hint), reason: textOf(reason), seats: textOf(seats) },
    plan: typeof planId === 'string' ? planName(planId) : '',
    until: typeof untilMs === 'number' ? dayIn(language, untilMs) : '',
    ...{ installation: shortId(thumbprint), from: shortId(from) },
  };
}

const texts: Words<Record<HistoryRow['event'], (facts: Facts) => string>> = {
  ru: {
    'customer-added': () => 'Клиент добавлен',
    'customer-changed': () => 'Данные клиента изменены',
    sold: ({ plan, seats, until, hint }) =>
      `Продано: ${plan}, мест: ${seats}, ${until ? `по ${until}` : 'без срока'}; ключ …${hint}`,
    extended: ({ until }) => `Продлено по ${until}`,
    'end-corrected': ({ until, reason }) => `Срок исправлен: по ${until}. ${reason}`,
    'invoice-pending': ({ until }) => `Ждём оплаты счёта, работает по ${until}`,
    'terms-changed': ({ plan, seats }) => `Теперь: ${plan}, мест: ${seats}`,
    revoked: ({ reason }) => (reason ? `Отозвано: ${reason}` : 'Отозвано'),
    'given-back': () => 'Отозванное возвращено',
    'key-issued': ({ hint }) => `Выпущен новый ключ …${hint}; прежний не действует`,
    activated: ({ installation }) => `Ключ введён на сервере ${installation}`,
    replaced: ({ installation, from }) => `Сервер ${installation} занял место молчавшего ${from}`,
    moved: ({ installation, from }) => `Перенесено на сервер ${installation}${from && ` с ${from}`}`,
    released: ({ installation }) => `Ключ освобождён, сервер ${installation}`,
    'foreign-key-refused': ({ installation, address }) =>
      `С этим ключом пришёл другой сервер ${installation} с адреса ${address}; отказано`,
    'twin-noticed': ({ installation }) => `Где-то работает копия сервера ${installation}`,
    'trial-reserved': ({ account }) => `Пробный период обещан аккаунту ${account}`,
    'trial-begun': ({ account, installation }) => `Пробный период ${account} начался на сервере ${installation}`,
    'trial-moved': ({ account, installation }) => `Пробный период ${account} перешёл на сервер ${installation}`,
    'trial-extended': ({ account, until }) => `Пробный период ${account} продлён по ${until}`,
    'offline-permit': ({ installation, until }) => `Выдано разрешение файлом, сервер ${installation}, до ${until}`,
    'keys-rotated': () => 'Сменились ключи, которыми подписаны разрешения',
    'partner-added': ({ name }) => `Добавлен партнёр ${name}`,
    'partner-changed': ({ name }) => `Партнёр переименован: ${name}`,
    'user-added': ({ login }) => `Добавлен пользователь ${login}`,
    'user-changed': ({ login }) => `Изменён пользователь ${login}`,
    'user-removed': ({ login }) => `Удалён пользователь ${login}`,
    'password-link': ({ login }) => `Выдана ссылка для пароля: ${login}`,
    'signed-in': ({ address }) => `Вход с адреса ${address}`,
    'password-chosen': ({ login }) => `Выбран пароль: ${login}`,
    'signed-out-everywhere': ({ login }) => `Завершены все входы: ${login}`,
  },
  en: {
    'customer-added': () => 'The customer was added',
    'customer-changed': () => 'The customer was described anew',
    sold: ({ plan, seats, until, hint }) =>
      `Sold: ${plan}, seats: ${seats}, ${until ? `until ${until}` : 'without an end'}; key …${hint}`,
    extended: ({ until }) => `Extended until ${until}`,
    'end-corrected': ({ until, reason }) => `The end was corrected: ${until}. ${reason}`,
    'invoice-pending': ({ until }) => `An invoice is pending, works until ${until}`,
    'terms-changed': ({ plan, seats }) => `Now: ${plan}, seats: ${seats}`,
    revoked: ({ reason }) => (reason ? `Revoked: ${reason}` : 'Revoked'),
    'given-back': () => 'What was revoked was given back',
    'key-issued': ({ hint }) => `A new key …${hint} was issued; the former is void`,
    activated: ({ installation }) => `The key was entered on the server ${installation}`,
    replaced: ({ installation, from }) => `The server ${installation} took the place of ${from}, which was silent`,
    moved: ({ installation, from }) => `Moved to the server ${installation}${from && ` from ${from}`}`,
    released: ({ installation }) => `The key was released, server ${installation}`,
    'foreign-key-refused': ({ installation, address }) =>
      `Another server, ${installation}, came with this key from ${address} and was refused`,
    'twin-noticed': ({ installation }) => `A copy of the server ${installation} runs somewhere`,
    'trial-reserved': ({ account }) => `Trial reserved for ${account}`,
    'trial-begun': ({ account, installation }) => `The trial of ${account} began on the server ${installation}`,
    'trial-moved': ({ account, installation }) => `The trial of ${account} went to the server ${installation}`,
    'trial-extended': ({ account, until }) => `The trial of ${account} was extended until ${until}`,
    'offline-permit': ({ installation, until }) =>
      `A permit was given as a file, server ${installation}, until ${until}`,
    'keys-rotated': () => 'The keys that sign permits were changed',
    'partner-added': ({ name }) => `The partner ${name} was added`,
    'partner-changed': ({ name }) => `A partner is called ${name} now`,
    'user-added': ({ login }) => `The user ${login} was added`,
    'user-changed': ({ login }) => `The user ${login} was changed`,
    'user-removed': ({ login }) => `The user ${login} was removed`,
    'password-link': ({ login }) => `A link for a password was issued: ${login}`,
    'signed-in': ({ address }) => `Signed in from ${address}`,
    'password-chosen': ({ login }) => `A password was chosen: ${login}`,
    'signed-out-everywhere': ({ login }) => `${login} was signed out everywhere`,
  },
};
