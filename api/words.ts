/** What the API says to people, in the language of their browser. */

export type Language = 'ru' | 'en';

export interface Text {
  title: string;
  /** What to do now. */
  text: string;
}

type Texts = Record<Language, Text>;

const again = {
  ru: 'Попросите того, кто ставил Ringflow, выполнить `bin/ringflow account connect`, и откройте новую ссылку.',
  en: 'Run `bin/ringflow account connect` and open the new link.',
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
      title: 'Этот аккаунт подключается долгосрочным токеном',
      text: 'Чтобы подключать его по OAuth, задайте AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET и AMOCRM_REDIRECT_URI вместо AMOCRM_ACCESS_TOKEN.',
    },
    en: {
      title: 'This account uses a long-lived token',
      text: 'To connect it by OAuth set AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI in place of AMOCRM_ACCESS_TOKEN.',
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
