import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'about'
  | 'none'
  | 'noneText'
  | 'version'
  | 'holds'
  | 'when'
  | 'who'
  | 'what'
  | 'look'
  | 'lookAndGoBack'
  | 'goBackHint'
  | 'same'
  | 'difference'
  | 'changed'
  | 'changedNothing';

interface Texts extends Record<Label, string> {
  versionTitle(version: number): string;
  goBack(version: number): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'История настроек',
    about: 'Каждое сохранение — новая версия. Звонок до конца живёт с той, с которой начался.',
    none: 'Ничего ещё не меняли',
    noneText: 'Действуют настройки по умолчанию. Первое сохранение появится здесь.',
    ...{ version: 'Версия', holds: 'действует', when: 'Когда', who: 'Кто', what: 'Что изменено' },
    ...{ look: 'Посмотреть', lookAndGoBack: 'Посмотреть, вернуть', same: 'Такие настройки и действуют.' },
    difference: 'Что изменится, если вернуть',
    ...{ changed: 'Что изменила эта версия', changedNothing: 'Она ничего не изменила.' },
    goBackHint: 'Получится новая версия; нынешняя останется в истории.',
    versionTitle: (version) => `Версия ${version}`,
    goBack: (version) => `Вернуть версию ${version}`,
  },
  en: {
    title: 'History of settings',
    about: 'Each time they are saved is a version. A call keeps the one it began with.',
    none: 'Nothing has been changed yet',
    noneText: 'The default settings hold. What is first saved will appear here.',
    ...{ version: 'Version', holds: 'holds', when: 'When', who: 'Who', what: 'What was changed' },
    ...{ look: 'Look', lookAndGoBack: 'Look, go back', same: 'These are the settings that hold.' },
    difference: 'What changes if it holds again',
    ...{ changed: 'What this version changed', changedNothing: 'It changed nothing.' },
    goBackHint: 'It becomes a new version; the present one stays in the history.',
    versionTitle: (version) => `Version ${version}`,
    goBack: (version) => `Go back to version ${version}`,
  },
};
