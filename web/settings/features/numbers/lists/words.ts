import type { Words } from '../../../../kit/language.tsx';

type Label =
  | (
      | 'about'
      | 'none'
      | 'noneText'
      | 'newName'
      | 'make'
      | 'search'
      | 'nothingFound'
      | 'add'
      | 'numbers'
      | 'numbersAbout'
    )
  | ('import' | 'export' | 'rename' | 'remove' | 'removeSure' | 'save' | 'cancel' | 'name' | 'empty' | 'takeOut')
  | ('column' | 'allColumns' | 'country' | 'way' | 'wayAdd' | 'wayReplace' | 'noNumbers' | 'reading' | 'tooMany')
  | 'unreadable';

interface Texts extends Record<Label, string> {
  count(count: number): string;
  more(count: number): string;
  usedBy(rules: string): string;
  unreadableText(text: string): string;
  changed(added: number, removed: number): string;
  importTitle(file: string): string;
  toTake(count: number): string;
  repeated(count: number): string;
  known(count: number): string;
  badLines(count: number): string;
  line(line: number): string;
  takeOutOf(number: string): string;
}

const ruPlural = new Intl.PluralRules('ru');
const ru = (count: number, one: string, few: string, many: string) =>
  `${count.toLocaleString('ru')} ${{ one, few, many }[ruPlural.select(count) as 'one' | 'few' | 'many'] ?? many}`;
const en = (count: number, one: string, many: string) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
const ruNumbers = (count: number) => ru(count, 'номер', 'номера', 'номеров');
const enNumbers = (count: number) => en(count, 'number', 'numbers');

export const texts: Words<Texts> = {
  ru: {
    about: 'Номера, к которым правила относятся одинаково: важные клиенты, спам.',
    ...{ none: 'Списков ещё нет', noneText: 'Заведите первый, например «Спам», и выберите его в правиле.' },
    ...{ newName: 'Название нового списка', make: 'Завести список', search: 'Найти в списке' },
    ...{ nothingFound: 'Такого номера в списке нет.', add: 'Добавить', numbers: 'Новые номера' },
    numbersAbout: 'По одному в строке или через запятую, в любой записи. 7495* — все, что так начинаются.',
    ...{ import: 'Загрузить файл', export: 'Скачать CSV', rename: 'Переименовать', remove: 'Удалить список' },
    ...{ removeSure: 'Точно удалить список?', save: 'Сохранить', cancel: 'Отмена', name: 'Название' },
    ...{ empty: 'Список пуст: добавьте номера или загрузите файл.', takeOut: 'Убрать' },
    ...{ column: 'Столбец с номерами', allColumns: 'все столбцы', country: 'Номера записаны как в стране' },
    ...{ way: 'Что сделать', wayAdd: 'Добавить к тем, что есть', wayReplace: 'Заменить весь список' },
    ...{ noNumbers: 'В файле не нашлось ни одного номера.', reading: 'Читаем файл' },
    tooMany: 'В списке может быть не больше 50 000 номеров. Разделите файл на несколько списков.',
    unreadable: 'Не прочитано как номер, поэтому не войдёт в список:',
    count: ruNumbers,
    more: (count) => `и ещё ${ruNumbers(count)}: уточните поиск`,
    usedBy: (rules) => `Нужен правилам: ${rules}. Чтобы удалить список, сначала уберите его из них.`,
    unreadableText: (text) => `Это не номер целиком: ${text}. Исправьте и добавьте снова; ничего не добавлено.`,
    changed: (added, removed) => `Добавлено: ${added}, убрано: ${removed}`,
    importTitle: (file) => `Файл ${file}`,
    toTake: (count) => `Взять ${ruNumbers(count)}`,
    repeated: (count) => `Повторов в файле: ${count}.`,
    known: (count) => `Уже в списке: ${count}.`,
    badLines: (count) => `${ru(count, 'строка', 'строки', 'строк')} без номера`,
    line: (line) => `строка ${line}:`,
    takeOutOf: (number) => `Убрать ${number}`,
  },
  en: {
    about: 'Numbers that rules treat alike: important clients, spam.',
    ...{ none: 'There are no lists yet', noneText: 'Make the first, such as “Spam”, and choose it in a rule.' },
    ...{ newName: 'Name of a new list', make: 'Make a list', search: 'Find in the list' },
    ...{ nothingFound: 'The list has no such number.', add: 'Add', numbers: 'New numbers' },
    numbersAbout: 'One in a line or separated by commas, in any way of writing. 7495* are all that begin so.',
    ...{ import: 'Load a file', export: 'Save as CSV', rename: 'Rename', remove: 'Remove the list' },
    ...{ removeSure: 'Really remove the list?', save: 'Save', cancel: 'Cancel', name: 'Name' },
    ...{ empty: 'The list is empty: add numbers or load a file.', takeOut: 'Take out' },
    ...{ column: 'Column of the numbers', allColumns: 'all columns', country: 'Numbers are written as in' },
    ...{ way: 'What to do', wayAdd: 'Add to those that are there', wayReplace: 'Replace the whole list' },
    ...{ noNumbers: 'There is not one number in the file.', reading: 'Reading the file' },
    tooMany: 'A list has at most 50,000 numbers. Spread the file over several lists.',
    unreadable: "Can't be read as a number, so it does not get into the list:",
    count: enNumbers,
    more: (count) => `and ${enNumbers(count)} more: search for it`,
    usedBy: (rules) => `Rules use it: ${rules}. To remove the list take it out of them first.`,
    unreadableText: (text) => `No whole number: ${text}. Mend it and add again; nothing was added.`,
    changed: (added, removed) => `Added: ${added}, taken out: ${removed}`,
    importTitle: (file) => `File ${file}`,
    toTake: (count) => `Take ${enNumbers(count)}`,
    repeated: (count) => `Repeated in the file: ${count}.`,
    known: (count) => `In the list already: ${count}.`,
    badLines: (count) => `${en(count, 'line', 'lines')} without a number`,
    line: (line) => `line ${line}:`,
    takeOutOf: (number) => `Take out ${number}`,
  },
};
