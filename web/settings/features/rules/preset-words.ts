import type { Words } from '../../../kit/language.tsx';
import type { Offer, PresetName } from './presets.ts';

interface PresetText {
  title: string;
  about: string;
  /** Of the rule that is added. */
  ruleName: string;
  /** Of what it makes in amoCRM. */
  template: string;
}

type Lack = Extract<Offer, { state: 'lacks' }>['what'];

export const presetTexts: Words<Record<PresetName, PresetText>> = {
  ru: {
    'card-while-ringing': {
      title: 'Карточка при звонке',
      about: 'Пока телефон звонит, его хозяин видит карточку клиента.',
      ...{ ruleName: 'Карточка всем, у кого звонит телефон', template: '' },
    },
    'register-calls': {
      title: 'Запись звонков',
      about: 'Каждый звонок — в истории клиента; незнакомому создаётся контакт.',
      ...{ ruleName: 'Каждый звонок — в истории клиента', template: '' },
    },
    'task-for-missed': {
      title: 'Задача перезвонить',
      about: 'Не дозвонились до вас — задача перезвонить в течение часа.',
      ...{ ruleName: 'Перезвонить тому, кто не дозвонился', template: '' },
    },
    'task-done-by-talk': {
      title: 'Задача закрывается сама',
      about: 'Поговорили с клиентом — задача перезвонить выполнена, кто бы ни позвонил.',
      ...{ ruleName: 'Поговорили — перезванивать не нужно', template: '' },
    },
    'lead-for-strangers': {
      title: 'Сделка незнакомым',
      about: 'Позвонил тот, кого нет в amoCRM, — появляются контакт и сделка.',
      ...{ ruleName: 'Сделка на звонок незнакомого', template: 'Звонок {{phone}}{{#did}} на {{did}}{{/did}}' },
    },
    'incoming-for-strangers': {
      title: '«Неразобранное» незнакомым',
      about: 'Звонок того, кого нет в amoCRM, ждёт в «Неразобранном», пока заявку примут.',
      ...{ ruleName: 'Незнакомые — в «Неразобранное»', template: 'Звонок {{phone}}{{#did}} на {{did}}{{/did}}' },
    },
    'task-after-hours': {
      title: 'После закрытия — задача на утро',
      about: 'Звонили в нерабочее время — перезвонить в первый рабочий час.',
      ...{ ruleName: 'Звонили, когда было закрыто', template: 'Перезвонить: звонили в нерабочее время, {{phone}}' },
    },
    'task-for-vip': {
      title: 'VIP: перезвонить за 10 минут',
      about: 'Не дозвонился клиент из списка VIP — срочная задача его ответственному.',
      ...{ ruleName: 'VIP не дозвонился', template: 'Срочно перезвонить: {{client}}, {{phone}}' },
    },
    'leave-out-spam': {
      title: 'Спам не замечать',
      about: 'Во все правила добавляется условие: номера нет в списке спама.',
      ...{ ruleName: '', template: '' },
    },
  },
  en: {
    'card-while-ringing': {
      title: 'Card while it rings',
      about: "While a phone rings its owner sees the client's card.",
      ...{ ruleName: 'Card for everybody whose phone rings', template: '' },
    },
    'register-calls': {
      title: 'Registration of calls',
      about: 'Every call stands in the history of its client; a stranger gets a contact.',
      ...{ ruleName: 'Every call stands in the history of its client', template: '' },
    },
    'task-for-missed': {
      title: 'Task to call back',
      about: 'Whoever called in vain is called back within an hour.',
      ...{ ruleName: 'Call back whoever called in vain', template: '' },
    },
    'task-done-by-talk': {
      title: 'The task is done by itself',
      about: 'The client was talked with: the task to call back is done, whoever called.',
      ...{ ruleName: 'Whoever was talked with need not be called back', template: '' },
    },
    'lead-for-strangers': {
      title: 'Lead for strangers',
      about: 'Somebody whom amoCRM does not know has called: a contact and a lead appear.',
      ...{ ruleName: 'Lead for a stranger who called', template: 'Call {{phone}}{{#did}} to {{did}}{{/did}}' },
    },
    'incoming-for-strangers': {
      title: 'Incoming leads for strangers',
      about: 'The call of somebody whom amoCRM does not know waits among the incoming leads.',
      ...{ ruleName: 'Strangers among the incoming leads', template: 'Call {{phone}}{{#did}} to {{did}}{{/did}}' },
    },
    'task-after-hours': {
      title: 'After hours: task for the morning',
      about: 'Whoever called while you were closed is called back in the first open hour.',
      ...{ ruleName: 'Called while closed', template: 'Call back: called while closed, {{phone}}' },
    },
    'task-for-vip': {
      title: 'VIP: call back within 10 minutes',
      about: 'A client of the VIP list called in vain: urgent task for their responsible.',
      ...{ ruleName: 'A VIP called in vain', template: 'Call back at once: {{client}}, {{phone}}' },
    },
    'leave-out-spam': {
      title: 'Pass over spam',
      about: 'All rules get one condition more: the number is not on the spam list.',
      ...{ ruleName: '', template: '' },
    },
  },
};

export const lackTexts: Words<Record<Lack, string>> = {
  ru: {
    'spam-list': 'Сначала заведите список номеров, в названии которого есть «спам».',
    'vip-list': 'Сначала заведите список номеров, в названии которого есть «VIP».',
    calendar: 'Сначала заведите календарь рабочего времени.',
  },
  en: {
    'spam-list': 'First make a number list with “spam” in its name.',
    'vip-list': 'First make a number list with “VIP” in its name.',
    calendar: 'First make a calendar of your opening hours.',
  },
};
