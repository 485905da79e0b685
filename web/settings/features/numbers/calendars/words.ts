import type { Words } from '../../../../kit/language.tsx';

type Label =
  | ('about' | 'none' | 'noneText' | 'add' | 'newName' | 'name' | 'timezone' | 'week' | 'hoursAbout' | 'badHours')
  | ('badZone' | 'days' | 'daysAbout' | 'addDay' | 'date' | 'hours' | 'closed' | 'removeDay' | 'remove' | 'unfinished')
  | ('openNow' | 'closedNow' | 'noChange' | 'badDate');

interface Texts extends Record<Label, string> {
  weekdays: readonly string[];
  closesAt(when: string): string;
  opensAt(when: string): string;
  usedBy(names: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    about: 'Когда вы на месте. Часами пользуются правила, сроки задач и номера.',
    ...{ none: 'Часов ещё нет', noneText: 'Заведите их: например «Офис», с понедельника по пятницу с 9 до 18.' },
    ...{ add: 'Добавить часы', newName: 'Офис', name: 'Название', timezone: 'Часовой пояс', week: 'Дни недели' },
    hoursAbout: 'Например 9–18 или 9:00–13:00, 14:00–18:00. Пусто — закрыто.',
    badHours: 'Нужно вида 9–18. То, что идёт за полночь, — до 24:00 и с 00:00 назавтра.',
    ...{ badZone: 'Такого пояса нет; пример: Europe/Moscow', days: 'Особые дни' },
    ...{ daysAbout: 'Праздники, короткие дни, рабочие субботы.', addDay: 'Добавить день', date: 'Дата', hours: 'Часы' },
    ...{ closed: 'закрыто', removeDay: 'Убрать день', remove: 'Удалить', badDate: 'Выберите дату; каждая — один раз' },
    unfinished: 'Сохранить можно, когда исправлено отмеченное красным.',
    ...{ openNow: 'Сейчас открыто', closedNow: 'Сейчас закрыто', noChange: 'в ближайший год не изменится' },
    weekdays: ['Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница', 'Суббота', 'Воскресенье'],
    closesAt: (when) => `закроется ${when}`,
    opensAt: (when) => `откроется ${when}`,
    usedBy: (names) => `Нужны: ${names}. Чтобы удалить часы, сначала уберите их оттуда.`,
  },
  en: {
    about: 'When you are there. Rules, deadlines of tasks and numbers go by these hours.',
    ...{
      none: 'There are no hours yet',
      noneText: 'Make some: “Office”, for instance, Monday to Friday from 9 to 18.',
    },
    ...{ add: 'Add hours', newName: 'Office', name: 'Name', timezone: 'Time zone', week: 'Weekdays' },
    hoursAbout: 'Such as 9–18 or 9:00–13:00, 14:00–18:00. Empty: closed.',
    badHours: 'Write 9–18, for instance. What goes over midnight is until 24:00, and from 00:00 the next day.',
    ...{ badZone: 'There is no such zone; an example: Europe/Moscow', days: 'Special days' },
    ...{ daysAbout: 'Holidays, short days, working Saturdays.', addDay: 'Add a day', date: 'Date', hours: 'Hours' },
    ...{ closed: 'closed', removeDay: 'Take the day out', remove: 'Remove', badDate: 'Choose a date; each once' },
    unfinished: 'It can be saved once what is marked red is mended.',
    ...{ openNow: 'Open now', closedNow: 'Closed now', noChange: 'no change within a year' },
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    closesAt: (when) => `closes ${when}`,
    opensAt: (when) => `opens ${when}`,
    usedBy: (names) => `Needed by: ${names}. To remove these hours take them out there first.`,
  },
};
