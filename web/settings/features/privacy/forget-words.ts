import type { Forgotten, FoundOfPerson } from '../../../../proto/forgetting.ts';
import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'about'
  | 'phone'
  | 'search'
  | 'files'
  | 'notReached'
  | 'lastDigits'
  | 'remove'
  | 'underWay'
  | 'done';

interface Texts extends Record<Label, string> {
  found(found: FoundOfPerson): string;
  inLists(names: string): string;
  gone(gone: Forgotten): string;
  goesOn(workflows: string): string;
  unsettled(effects: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Забыть человека',
    about: 'Удаляет всё, что Ringflow знает об одном человеке. Сначала покажет, что нашлось.',
    ...{ phone: 'Номер целиком', search: 'Найти' },
    found: ({ calls, mentions, lateRows, effects, isKnownClient }) =>
      `Нашлось. Звонков: ${calls}; упоминаний в чужих звонках: ${mentions}; опоздавших строк: ${lateRows}; записей учёта: ${effects}.${isKnownClient ? ' Клиент есть в указателе номеров.' : ''}`,
    inLists: (names) => `Номер стоит в списках: ${names}. Оттуда его убирают на странице «Номера и часы».`,
    files: 'Эти записи лежат на АТС, Ringflow их не удаляет:',
    notReached:
      'Останутся карточки в amoCRM, строки и файлы на АТС, уже собранные логи и резервные копии: их удаляют там, где они хранятся.',
    lastDigits: 'Последние 4 цифры номера',
    remove: 'Удалить навсегда',
    underWay: 'Удаляем. Страницу можно закрыть: работа продолжится.',
    done: 'Удалено',
    gone: ({ calls, mentions, lateRows, effects, marks, histories }) =>
      `Звонков: ${calls}; упоминаний: ${mentions}; опоздавших строк: ${lateRows}; записей учёта: ${effects}; отметок в Redis: ${marks}; историй в Temporal: ${histories}.`,
    goesOn: (workflows) => `Ещё идут, удалите снова, когда закончатся: ${workflows}`,
    unsettled: (effects) =>
      `Пока не ясно, создано ли это в amoCRM, номер остаётся в учёте, иначе оно могло бы появиться дважды. Удалите снова через несколько минут: ${effects}`,
  },
  en: {
    title: 'Forget a person',
    about: 'Deletes all that Ringflow knows of one person. It shows first what there is.',
    ...{ phone: 'The whole number', search: 'Search' },
    found: ({ calls, mentions, lateRows, effects, isKnownClient }) =>
      `Found. Calls: ${calls}; mentions in calls of others: ${mentions}; late rows: ${lateRows}; rows of the ledger: ${effects}.${isKnownClient ? ' The index of clients knows the number.' : ''}`,
    inLists: (names) => `The number stands in the lists ${names}. It is taken out on the page Numbers and hours.`,
    files: 'These recordings lie on the PBX; Ringflow does not delete them:',
    notReached:
      'Cards in amoCRM, rows and files of the PBX, logs and backups that were made before stay: they are deleted where they are kept.',
    lastDigits: 'Last 4 digits of the number',
    remove: 'Delete for good',
    underWay: 'Being deleted. You may close the page: the work goes on.',
    done: 'Deleted',
    gone: ({ calls, mentions, lateRows, effects, marks, histories }) =>
      `Calls: ${calls}; mentions: ${mentions}; late rows: ${lateRows}; rows of the ledger: ${effects}; marks in Redis: ${marks}; histories in Temporal: ${histories}.`,
    goesOn: (workflows) => `These go on; delete once more when they have ended: ${workflows}`,
    unsettled: (effects) =>
      `Whether amoCRM has made this is not known yet, so the number stays in the ledger, else it could be made twice. Delete once more in some minutes: ${effects}`,
  },
};
