import type { Static } from 'typebox';
import type { LicensingRefusal } from '../proto/licence/wire.ts';
import { staffErrors } from './admin/words.ts';
import type { Language } from './store/installations.ts';

/** What the server says to people, in the language of whoever asks. */

interface Text {
  title: string;
  /** What to do now. */
  text: string;
}

const refusals = {
  'request-invalid': {
    ru: {
      title: 'Запрос не принят: он составлен или подписан неверно',
      text: 'Обновите Ringflow. Если не поможет, обратитесь в поддержку.',
    },
    en: {
      title: 'The request is refused: it is not made or signed as it should be',
      text: 'Update Ringflow. If that does not help, ask support.',
    },
  },
  'request-stale': {
    ru: {
      title: 'Часы этого сервера и сервера лицензий расходятся больше чем на пять минут',
      text: 'Включите на сервере с Ringflow синхронизацию времени (NTP) и повторите.',
    },
    en: {
      title: 'The clocks of your server and of the licensing server differ by more than five minutes',
      text: 'Let the server with Ringflow set its clock by the network (NTP), then try again.',
    },
  },
  'request-seen': {
    ru: { title: 'Этот запрос уже приходил', text: 'Повторите: будет отправлен новый.' },
    en: { title: 'This very request has come before', text: 'Try again: a new one will be sent.' },
  },
  'key-unknown': {
    ru: {
      title: 'Такого лицензионного ключа нет',
      text: 'Сверьте ключ с письмом: RF- и четыре группы по пять знаков.',
    },
    en: {
      title: 'There is no such licence key',
      text: 'Compare it with the one you were sent: RF- and four groups of five signs.',
    },
  },
  'key-revoked': {
    ru: { title: 'Этот лицензионный ключ отозван', text: 'Введите новый ключ или обратитесь к тому, кто его продал.' },
    en: { title: 'This licence key was revoked', text: 'Enter a newer one, or ask whoever sold it to you.' },
  },
  'key-over': {
    ru: {
      title: 'Срок этого ключа закончился: продлите его',
      text: 'Обратитесь к тому, кто его продал, и введите ключ снова. Пока всё осталось как было.',
    },
    en: {
      title: 'The term of this key is over: extend it',
      text: 'Ask whoever sold it to you, then enter it again. Nothing has changed meanwhile.',
    },
  },
  'key-in-use': {
    ru: {
      title: 'Этот ключ уже работает на другом сервере',
      text: 'Освободите его там на странице «Лицензия». Если тот сервер вышел из строя, повторите через сутки после его остановки или обратитесь в поддержку.',
    },
    en: {
      title: 'This key is used by another installation',
      text: 'Give it free there, on the page Licence. If that machine is dead, try again a day after it stopped, or ask support.',
    },
  },
  'trial-used': {
    ru: {
      title: 'Для этого аккаунта amoCRM пробный период уже был',
      text: 'Введите лицензионный ключ. Если нужно больше времени на пробу, обратитесь в поддержку.',
    },
    en: {
      title: 'This amoCRM account has had its trial',
      text: 'Enter a licence key. If you need more time to try, ask support.',
    },
  },
  'no-account': {
    ru: {
      title: 'Пробный период привязан к аккаунту amoCRM, а здесь ни один не подключён',
      text: 'Подключите amoCRM на странице «amoCRM» и повторите.',
    },
    en: {
      title: 'A trial belongs to an amoCRM account, and none is connected here',
      text: 'Connect amoCRM on the page amoCRM, then try again.',
    },
  },
  'installation-unknown': {
    ru: {
      title: 'Сервер лицензий не знает этой установки',
      text: 'Введите лицензионный ключ или начните пробный период.',
    },
    en: {
      title: 'The licensing server does not know this installation',
      text: 'Enter a licence key or begin a trial.',
    },
  },
  'too-many-requests': {
    ru: { title: 'Слишком много запросов сразу', text: 'Повторите через минуту.' },
    en: { title: 'Too many requests at once', text: 'Try again in a minute.' },
  },
} satisfies Record<Static<typeof LicensingRefusal>, Record<Language, Text>>;

const errors = {
  ...refusals,
  ...staffErrors,
  'not-found': {
    ru: { title: 'Здесь ничего нет', text: 'Проверьте адрес.' },
    en: { title: 'There is nothing here', text: 'Check the address.' },
  },
  'wrong-request': {
    ru: { title: 'Запрос составлен неверно', text: 'Проверьте введённое и повторите.' },
    en: { title: 'The request is not as it should be', text: 'Check what you entered and try again.' },
  },
  'no-signing-key': {
    ru: {
      title: 'Сервер лицензий ещё не может подписывать разрешения',
      text: 'Тому, кто его ведёт: `bin/ringflow-licensing keys rotate --root-key ФАЙЛ`.',
    },
    en: {
      title: 'The licensing server cannot sign permits yet',
      text: 'Whoever runs it: `bin/ringflow-licensing keys rotate --root-key FILE`.',
    },
  },
  trouble: {
    ru: { title: 'Сервер лицензий сейчас не может ответить', text: 'Повторите через несколько минут.' },
    en: { title: 'The licensing server cannot answer now', text: 'Try again in a few minutes.' },
  },
} satisfies Record<string, Record<Language, Text>>;

export const words = { errors };

/** @param header Accept-Language; the first that is ours counts */
export function languageOf(header = ''): Language {
  const wanted = header.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((one): one is Language => one === 'ru' || one === 'en') ?? 'en';
}
