import type { Words } from '../../../kit/language.tsx';

/** Of the rules that hold where nothing was set, by id. */
export const usualNames: Words<Record<string, string>> = {
  ru: {
    'card-while-ringing': 'Карточка всем, у кого звонит телефон',
    'register-calls': 'Каждый звонок — в истории клиента',
    'task-for-missed': 'Перезвонить тому, кто не дозвонился',
    'task-done-by-talk': 'Поговорили — перезванивать не нужно',
  },
  en: {},
};
