import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'about'
  | 'add'
  | 'none'
  | 'noneText'
  | 'prepare'
  | 'check'
  | 'change'
  | 'sealed'
  | 'ofEnvironment'
  | 'beyondLicence'
  | 'id'
  | 'idHint'
  | 'databaseUrl'
  | 'databaseUrlHint'
  | 'databaseUrlKept'
  | 'celTable'
  | 'cdrTable'
  | 'timezone'
  | 'timezoneHint'
  | 'save'
  | 'remove'
  | 'removeSure'
  | 'saved'
  | 'more'
  | 'back'
  | 'description'
  | 'surroundings'
  | 'setUp'
  | 'gone'
  | 'goneText';

export const texts: Words<Record<Label, string>> = {
  ru: {
    title: 'АТС',
    about: 'Чьи звонки попадают в этот аккаунт. Ringflow только читает таблицы CEL и CDR, на АТС ничего не ставится.',
    ...{
      add: 'Добавить АТС',
      none: 'АТС ещё не добавлена',
      noneText:
        'Подготовьте АТС, как сказано ниже, и добавьте её: нужен адрес её базы с пользователем, который только читает.',
      prepare: 'Как подготовить новую АТС',
    },
    ...{ check: 'Проверить', change: 'Изменить', sealed: 'адрес базы не расшифровать (RINGFLOW_SECRET_KEYS)' },
    ofEnvironment: 'Задана в .env (PBX_…), там же и меняется.',
    beyondLicence: 'сверх лицензии: звонки только в журнале',
    ...{ id: 'Имя', idHint: 'Маленькие латинские буквы, цифры и дефис, например office' },
    databaseUrl: 'Адрес базы',
    databaseUrlHint: 'mysql://пользователь:пароль@хост:3306/asteriskcdrdb — хранится зашифрованным',
    databaseUrlKept: 'Пусто — остаётся прежний, вместе с паролем',
    ...{
      celTable: 'Таблица CEL',
      cdrTable: 'Таблица CDR',
      timezone: 'Часовой пояс АТС',
      timezoneHint: 'Например, Europe/Moscow',
    },
    ...{ save: 'Сохранить', remove: 'Убрать', removeSure: 'Точно убрать?' },
    saved: 'Сохранено. Нажмите «Проверить»: так видно, дойдут ли звонки.',
    ...{ more: 'Настроить', back: '← АТС', description: 'Номера и транки', surroundings: 'AMI и записи' },
    ...{ setUp: 'Что вставить на АТС', gone: 'Такой АТС нет', goneText: 'Её убрали. Вернитесь к списку.' },
  },
  en: {
    title: 'PBXs',
    about:
      'Whose calls are told in this account. Ringflow only reads the tables CEL and CDR; nothing is installed on the PBX.',
    ...{
      add: 'Add a PBX',
      none: 'No PBX yet',
      noneText:
        'Prepare the PBX as is told below and add it: you need the address of its database with a user who only reads.',
      prepare: 'How to prepare a new PBX',
    },
    ...{ check: 'Check', change: 'Change', sealed: "the database's address can't be opened (RINGFLOW_SECRET_KEYS)" },
    ofEnvironment: 'It is set in .env (PBX_…), and changed there.',
    beyondLicence: 'beyond the licence: calls in the journal alone',
    ...{ id: 'Name', idHint: 'Small letters, digits and dashes, such as office' },
    databaseUrl: 'Address of the database',
    databaseUrlHint: 'mysql://user:password@host:3306/asteriskcdrdb, kept encrypted',
    databaseUrlKept: 'Empty: the present one stays, with its password',
    ...{
      celTable: 'CEL table',
      cdrTable: 'CDR table',
      timezone: 'Time zone of the PBX',
      timezoneHint: 'Such as Europe/Moscow',
    },
    ...{ save: 'Save', remove: 'Remove', removeSure: 'Really remove?' },
    saved: 'Saved. Press “Check” to see whether calls will arrive.',
    ...{ more: 'Set up', back: '← PBXs', description: 'Numbers and trunks', surroundings: 'AMI and recordings' },
    ...{
      setUp: 'What to paste on the PBX',
      gone: 'There is no such PBX',
      goneText: 'It was removed. Go back to the list.',
    },
  },
};
