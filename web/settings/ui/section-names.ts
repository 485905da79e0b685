import type { SectionName } from '../../../proto/settings-change.ts';
import type { Words } from '../../kit/language.tsx';

/** The sections of the settings as people call them. */
export const sectionNames: Words<Record<SectionName, string>> = {
  ru: {
    ...{ language: 'язык текстов', employees: 'сотрудники', pbxs: 'АТС', rules: 'правила', calendars: 'календари' },
    ...{ numberLists: 'списки номеров', hooks: 'хуки', decisionHook: 'хук решений', observedPbxs: 'наблюдение' },
    ...{ numbers: 'номера', mostNewPerHour: 'ограничение на новые контакты, сделки и задачи', alerts: 'оповещения' },
    ...{ calling: 'звонки из amoCRM', widgetCards: 'карточки виджета', seats: 'места в лицензии' },
    ...{ routing: 'маршрутизация', recordings: 'записи разговоров', retention: 'сроки хранения' },
  },
  en: {
    ...{ language: 'language of texts', employees: 'employees', pbxs: 'PBXs', rules: 'rules', calendars: 'calendars' },
    ...{ numberLists: 'number lists', hooks: 'hooks', decisionHook: 'decision hook', observedPbxs: 'observing' },
    ...{ numbers: 'numbers', mostNewPerHour: 'limit on new contacts, leads and tasks', alerts: 'alerts' },
    ...{ calling: 'calls from amoCRM', widgetCards: 'cards of the widget', seats: 'seats of the licence' },
    ...{ routing: 'routing', recordings: 'recordings', retention: 'how long is kept' },
  },
};
