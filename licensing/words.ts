import { LicensingRefusal } from '../proto/licence/wire.ts';
import { failureWords } from '../proto/licence/words.ts';
import { staffErrors } from './admin/words.ts';
import type { Language } from './store/installations.ts';

/** What the server says to people, in the language of whoever asks. */

interface Text {
  title: string;
  /** What to do now. */
  text: string;
}

/** As the installation tells them. */
const refusals = Object.fromEntries(
  LicensingRefusal.enum.map((code) => [code, { ru: refusal(code, 'ru'), en: refusal(code, 'en') }]),
) as Record<LicensingRefusal, Record<Language, Text>>;

function refusal(code: LicensingRefusal, language: Language): Text {
  const { title, whatToDo } = failureWords[language][code];
  return { title, text: whatToDo };
}

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
