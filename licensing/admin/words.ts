/** What is told to the people who use the pages. */
export const staffErrors = {
  'sign-in-needed': {
    ru: { title: 'Нужно войти', text: 'Войдите под своим именем.' },
    en: { title: 'You are not signed in', text: 'Sign in.' },
  },
  'wrong-password': {
    ru: {
      title: 'Имя или пароль неверны',
      text: 'Проверьте раскладку и Caps Lock. Забыли пароль — попросите администратора о ссылке.',
    },
    en: {
      title: 'The name or the password is wrong',
      text: 'If you have forgotten the password, ask an administrator for a link.',
    },
  },
  'too-many-guesses': {
    ru: { title: 'Слишком много попыток', text: 'Повторите через четверть часа.' },
    en: { title: 'Too many attempts', text: 'Try again in a quarter of an hour.' },
  },
  'password-link-void': {
    ru: {
      title: 'Ссылка больше не действует',
      text: 'Она служит один раз и два дня. Попросите администратора о новой.',
    },
    en: {
      title: 'The link is not valid any more',
      text: 'It serves once, within two days. Ask an administrator for another.',
    },
  },
  'not-allowed': {
    ru: { title: 'Этого вам делать нельзя', text: 'Обратитесь к администратору сервера лицензий.' },
    en: { title: 'You may not do this', text: 'Ask an administrator of the licensing server.' },
  },
  'foreign-page': {
    ru: { title: 'Запрос пришёл с чужой страницы', text: 'Откройте страницу сервера лицензий и повторите.' },
    en: {
      title: 'The request came from a page of somebody else',
      text: 'Open the page of the licensing server and try again.',
    },
  },
  'login-taken': {
    ru: { title: 'Такое имя для входа уже есть', text: 'Выберите другое.' },
    en: { title: 'There is somebody of this login', text: 'Choose another.' },
  },
  'no-admin': {
    ru: {
      title: 'Останется некому управлять пользователями',
      text: 'Сначала назначьте другого администратора, который уже выбрал пароль.',
    },
    en: {
      title: 'Nobody would be left to manage users',
      text: 'First make somebody else an administrator who has chosen a password.',
    },
  },
  'partner-unknown': {
    ru: { title: 'Такого партнёра нет', text: 'Выберите партнёра из списка. Сотруднику партнёра нужен партнёр.' },
    en: { title: 'There is no such partner', text: "Choose one of the list. A partner's person needs a partner." },
  },
  'partner-taken': {
    ru: { title: 'Партнёр с таким названием уже есть', text: 'Выберите другое название.' },
    en: { title: 'There is a partner of this name', text: 'Choose another name.' },
  },
  'customer-unknown': {
    ru: { title: 'Такого клиента нет', text: 'Выберите клиента из списка.' },
    en: { title: 'There is no such customer', text: 'Choose one of the list.' },
  },
  'plan-unknown': {
    ru: { title: 'Такой тариф не продаётся', text: 'Выберите тариф из списка.' },
    en: { title: 'There is no such plan to be sold', text: 'Choose one of the list.' },
  },
  'end-passed': {
    ru: { title: 'Эта дата уже прошла', text: 'Укажите дату в будущем.' },
    en: { title: 'That date has passed', text: 'Name one that is to come.' },
  },
  'end-before-term': {
    ru: {
      title: 'Эта дата раньше конца оплаченного срока',
      text: 'Ожидание оплаты продлевает срок: укажите дату позже его конца.',
    },
    en: {
      title: 'That date is before the end of what is paid',
      text: 'A pending invoice extends the term: name a later date.',
    },
  },
  'would-shorten': {
    ru: {
      title: 'Эта дата раньше конца оплаченного срока',
      text: 'Продление не сокращает срок: укажите дату не раньше его конца. Если конец введён неверно — «Исправить конец срока».',
    },
    en: {
      title: 'That date is before the end of what is paid',
      text: 'Extending does not shorten a term: name a date not before its end. An end that was typed wrongly: “Correct the end”.',
    },
  },
  'would-lengthen': {
    ru: { title: 'Эта дата не раньше конца срока', text: 'Исправляют на дату раньше; чтобы продлить — «Продлить».' },
    en: { title: 'That date is not before the end', text: 'Correct it to an earlier one; for a later one extend it.' },
  },
  'no-term': {
    ru: { title: 'У этой покупки нет срока', text: 'Продлевать её не нужно.' },
    en: { title: 'This purchase has no end', text: 'There is nothing to extend.' },
  },
  'is-revoked': {
    ru: { title: 'Покупка отозвана', text: 'Сначала верните её.' },
    en: { title: 'The purchase is revoked', text: 'Give it back first.' },
  },
  'not-revoked': {
    ru: { title: 'Покупка не отозвана', text: 'Возвращать нечего.' },
    en: { title: 'The purchase is not revoked', text: 'There is nothing to give back.' },
  },
  'not-activated': {
    ru: { title: 'Ключ этой покупки ни на одном сервере не работает', text: 'Освобождать нечего.' },
    en: { title: 'The key of this purchase is on no installation', text: 'There is nothing to release.' },
  },
  'target-unknown': {
    ru: {
      title: 'Такой установки сервер лицензий не видел',
      text: 'Пусть на новом сервере введут ключ: попытка появится в списке, и её можно будет принять.',
    },
    en: {
      title: 'The licensing server has not seen such an installation',
      text: 'Let the key be entered on the new machine: the attempt will be listed, and can be accepted.',
    },
  },
  'target-busy': {
    ru: { title: 'На этой установке уже работает другая покупка', text: 'Сначала освободите её.' },
    en: { title: 'Another purchase is on that installation', text: 'Release it first.' },
  },
  'trial-there': {
    ru: { title: 'Пробный период этого аккаунта уже есть', text: 'Продлите его.' },
    en: { title: 'This account has its trial already', text: 'Extend it.' },
  },
  'no-pages': {
    ru: {
      title: 'Страницы сервера лицензий не собраны',
      text: 'Выполните `npm run build-web`, затем перезапустите его.',
    },
    en: { title: 'The pages of the licensing server are not built', text: 'Run `npm run build-web`, then restart it.' },
  },
} as const;
