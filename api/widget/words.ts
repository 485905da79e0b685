import type { ClickReason } from '../../workflows/click-to-call/contract.ts';
import type { Language, Text } from '../words.ts';

type Texts = Record<Language, Text>;

/** What becomes of a click, for whoever clicked. */
export const clickWords: Record<ClickReason, Texts> = {
  'switched-off': {
    ru: { title: 'Звонки из amoCRM выключены', text: 'Попросите администратора включить их в настройках Ringflow.' },
    en: { title: 'Calling from amoCRM is switched off', text: 'Ask your administrator to switch it on in Ringflow.' },
  },
  'feature-off': {
    ru: {
      title: 'Звонков из amoCRM сейчас нет в лицензии Ringflow',
      text: 'Попросите администратора открыть страницу «Лицензия» в Ringflow: там сказано, почему и как их включить.',
    },
    en: {
      title: 'The licence of Ringflow does not have calls from amoCRM now',
      text: 'Ask your administrator to open the page Licence of Ringflow: it says why, and how to get them.',
    },
  },
  'no-seat': {
    ru: {
      title: 'Для вас не хватило места в лицензии Ringflow',
      text: 'Попросите администратора добавить места или назвать вас в числе первых на странице «Лицензия» в Ringflow.',
    },
    en: {
      title: 'The licence of Ringflow has no seat left for you',
      text: 'Ask your administrator for more seats, or to name you among the first on the page Licence of Ringflow.',
    },
  },
  'no-extension': {
    ru: {
      title: 'За вами не записан телефон',
      text: 'Попросите администратора назвать ваш внутренний номер на странице «Сотрудники» в Ringflow.',
    },
    en: {
      title: 'No phone is known to be yours',
      text: 'Ask your administrator to name your extension on the page Employees of Ringflow.',
    },
  },
  'no-pbx': {
    ru: {
      title: 'Нет АТС, через которую можно позвонить',
      text: 'Попросите администратора задать AMI на странице АТС в Ringflow.',
    },
    en: {
      title: 'There is no PBX to call by',
      text: 'Ask your administrator to set AMI on the page of the PBX in Ringflow.',
    },
  },
  'not-a-number': {
    ru: { title: 'Это не номер телефона', text: 'Исправьте номер в карточке и нажмите снова.' },
    en: { title: 'That is no phone number', text: 'Mend the number in the card and click again.' },
  },
  'country-not-allowed': {
    ru: {
      title: 'В эту страну звонить нельзя',
      text: 'Если нужно, администратор разрешит её на странице «Звонки из amoCRM» в Ringflow.',
    },
    en: {
      title: 'That country may not be called',
      text: 'If need be, an administrator allows it on the page Calls from amoCRM of Ringflow.',
    },
  },
  'premium-number': {
    ru: { title: 'Это платный номер', text: 'На такие номера Ringflow не звонит: наберите его на телефоне сами.' },
    en: { title: 'That is a premium-rate number', text: 'Ringflow calls none of them: dial it on your phone.' },
  },
  'refused-prefix': {
    ru: { title: 'На этот номер звонить нельзя', text: 'Так решил администратор; спросите его.' },
    en: { title: 'That number may not be called', text: 'Your administrator has set it so; ask them.' },
  },
  'too-many-calls': {
    ru: { title: 'Слишком много звонков подряд', text: 'Подождите минуту и нажмите снова.' },
    en: { title: 'Too many calls one after another', text: 'Wait a minute and click again.' },
  },
  'too-late': {
    ru: { title: 'Позвонить вовремя не удалось', text: 'Ничего не набрано. Нажмите снова.' },
    en: { title: 'It took too long to call', text: 'Nothing was dialled. Click again.' },
  },
  'pbx-away': {
    ru: { title: 'АТС сейчас не отвечает', text: 'Позже само не позвонит: повторите через минуту.' },
    en: { title: 'The PBX does not answer now', text: 'Nothing will ring later by itself: try again in a minute.' },
  },
  'pbx-refused': {
    ru: { title: 'АТС отказалась звонить', text: 'Повторите; если не поможет, скажите администратору.' },
    en: { title: 'The PBX refused to call', text: 'Try again; if that does not help, tell your administrator.' },
  },
  uncertain: {
    ru: { title: 'Неизвестно, звонит ли ваш телефон', text: 'Посмотрите на него, прежде чем нажать снова.' },
    en: { title: 'It is not known whether your phone rings', text: 'Look at it before you click again.' },
  },
  'employee-no-answer': {
    ru: { title: 'Вы не сняли трубку', text: 'Нажмите снова, когда будете у телефона.' },
    en: { title: 'You did not pick up', text: 'Click again when you are at your phone.' },
  },
  'employee-busy': {
    ru: { title: 'Ваш телефон занят или отклонил вызов', text: 'Положите трубку и нажмите снова.' },
    en: { title: 'Your phone is busy or has declined', text: 'Hang up and click again.' },
  },
  'employee-unreachable': {
    ru: { title: 'Ваш телефон не в сети', text: 'Проверьте, включён ли он и подключён ли к АТС.' },
    en: { title: 'Your phone is not reachable', text: 'Check that it is switched on and registered at the PBX.' },
  },
  cancelled: {
    ru: { title: 'Звонок отменён', text: 'Клиент не успел ответить. Чтобы позвонить, нажмите снова.' },
    en: { title: 'The call was cancelled', text: 'The client had not answered yet. Click again to call.' },
  },
  'client-busy': {
    ru: { title: 'Клиент занят', text: 'Попробуйте позже.' },
    en: { title: 'The client is busy', text: 'Try later.' },
  },
  'client-no-answer': {
    ru: { title: 'Клиент не ответил', text: 'Попробуйте позже.' },
    en: { title: 'The client did not answer', text: 'Try later.' },
  },
  'client-unreachable': {
    ru: { title: 'Дозвониться нельзя', text: 'Проверьте номер: оператор его не принимает или телефон недоступен.' },
    en: { title: 'The number can not be reached', text: 'Check it: the operator refuses it, or the phone is off.' },
  },
  answered: {
    ru: { title: 'Разговор состоялся', text: 'Он появится в карточке клиента сам.' },
    en: { title: 'You have talked', text: 'It appears in the client’s card by itself.' },
  },
  lost: {
    ru: { title: 'Неизвестно, чем кончился звонок', text: 'Посмотрите в журнал Ringflow.' },
    en: { title: 'It is not known how the call came out', text: 'Look into the journal of Ringflow.' },
  },
};

export const widgetErrors = {
  ...clickWords,
  'token-refused': {
    ru: {
      title: 'amoCRM не подтвердила, кто вы',
      text: 'Обновите страницу. Если не поможет, администратору стоит переустановить виджет и проверить ключ интеграции.',
    },
    en: {
      title: 'amoCRM has not proven who you are',
      text: 'Load the page anew. If that does not help, an administrator should install the widget again and check the key of the integration.',
    },
  },
  'token-used': {
    ru: { title: 'Подтверждение amoCRM уже использовано', text: 'Нажмите ещё раз.' },
    en: { title: "amoCRM's proof was used already", text: 'Click once more.' },
  },
  'too-many-requests': {
    ru: { title: 'Слишком много запросов', text: 'Подождите минуту.' },
    en: { title: 'Too many requests', text: 'Wait a minute.' },
  },
  'account-not-connected': {
    ru: {
      title: 'Аккаунт amoCRM не подключён к Ringflow',
      text: 'Попросите администратора подключить его на странице amoCRM в Ringflow.',
    },
    en: {
      title: 'The amoCRM account is not connected to Ringflow',
      text: 'Ask your administrator to connect it on the page amoCRM of Ringflow.',
    },
  },
  'ticket-refused': {
    ru: { title: 'Пропуск не действует', text: 'Обновите страницу.' },
    en: { title: 'The ticket is not valid', text: 'Load the page anew.' },
  },
  'widget-needs-integration': {
    ru: {
      title: 'Ringflow не знает ключа интеграции',
      text: 'Подключите аккаунт через интеграцию на странице amoCRM в Ringflow или задайте AMOCRM_CLIENT_ID и AMOCRM_CLIENT_SECRET.',
    },
    en: {
      title: 'Ringflow does not know the key of the integration',
      text: 'Connect the account by its integration on the page amoCRM of Ringflow, or set AMOCRM_CLIENT_ID and AMOCRM_CLIENT_SECRET.',
    },
  },
} satisfies Record<string, Texts>;
