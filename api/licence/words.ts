import type { LicensingFailure } from '../../proto/licence/wire.ts';
import { failureWords } from '../../proto/licence/words.ts';
import type { Language, Text } from '../words.ts';

type Texts = Record<Language, Text>;

const failures = Object.keys(failureWords.en) as LicensingFailure[];
const textOf = (failure: LicensingFailure, language: Language): Text => {
  const { title, whatToDo } = failureWords[language][failure];
  return { title, text: whatToDo };
};

/** What the licensing server can't do, for whoever has asked for it. */
const ofTalks = Object.fromEntries(
  failures.map((failure) => [`licensing-${failure}`, { ru: textOf(failure, 'ru'), en: textOf(failure, 'en') }]),
) as Record<`licensing-${LicensingFailure}`, Texts>;

export const licenceErrors = {
  ...ofTalks,
  'no-licensing-server': {
    ru: {
      title: 'Сервер лицензий не задан',
      text: 'Задайте LICENSING_URL и LICENSING_ROOT_KEY (см. .env.example) и перезапустите Ringflow, или получите разрешение файлом: страница «Лицензия», «Без интернета».',
    },
    en: {
      title: 'No licensing server is set',
      text: 'Set LICENSING_URL and LICENSING_ROOT_KEY (see .env.example) and restart Ringflow, or get a permit as a file: page “Licence”, “Without the internet”.',
    },
  },
  'wrong-licence-key': {
    ru: { title: 'Это не ключ лицензии', text: 'Он выглядит так: RF-XXXXX-XXXXX-XXXXX-XXXXX. Скопируйте его целиком.' },
    en: { title: 'This is no licence key', text: 'It looks like RF-XXXXX-XXXXX-XXXXX-XXXXX. Copy all of it.' },
  },
  'no-licence-key': {
    ru: { title: 'Ключа здесь нет', text: 'Введите ключ лицензии.' },
    en: { title: 'There is no key here', text: 'Enter the licence key.' },
  },
  'permit-forged': {
    ru: {
      title: 'Этот файл не подходит',
      text: 'Нужен файл разрешения, сделанный по файлу запроса этого сервера. Сверьте LICENSING_ROOT_KEY с тем, что пришёл с лицензией. Ничего не изменилось.',
    },
    en: {
      title: 'This file does not fit',
      text: 'It has to be a permit that was made from a request file of this server. Compare LICENSING_ROOT_KEY with the one that came with the licence. Nothing has changed.',
    },
  },
  'permit-replayed': {
    ru: {
      title: 'Есть разрешение новее этого файла',
      text: 'Возьмите последний файл разрешения. Ничего не изменилось.',
    },
    en: { title: 'There is a newer permit than this file', text: 'Take the last permit file. Nothing has changed.' },
  },
  'permit-over': {
    ru: {
      title: 'Срок этого разрешения прошёл',
      text: 'Получите новый файл разрешения. Если срок не прошёл, проверьте часы этого сервера. Ничего не изменилось.',
    },
    en: {
      title: 'The time of this permit is over',
      text: "Get a new permit file. If it should not be over, check this server's clock. Nothing has changed.",
    },
  },
} satisfies Record<string, Texts>;

/** @param failure of a talk, as an error of the API */
export const codeOfFailure = (failure: LicensingFailure): `licensing-${LicensingFailure}` => `licensing-${failure}`;
