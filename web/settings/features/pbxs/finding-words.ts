import type { CheckSubject, PbxFinding } from '../../../../proto/pbx-check.ts';
import type { Language, Words } from '../../app/language.tsx';

interface Texts {
  outcomes: Record<PbxFinding['state'], string>;
  states: Record<PbxFinding['state'], string>;
  subjects: Record<CheckSubject, string>;
  /** What was found, and what to do. */
  tell(finding: PbxFinding, language: Language): string;
}

const momentOf = (atMs: string | undefined, language: Language): string =>
  atMs === undefined
    ? ''
    : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(Number(atMs)));

/** What a driver or server says, by its code. */
const troubles: Words<Record<string, string>> = {
  ru: {
    ECONNREFUSED:
      'по этому адресу никто не слушает. Проверьте хост и порт, а на АТС — bind-address в настройках MySQL.',
    ENOTFOUND: 'такого хоста нет. Проверьте адрес.',
    ETIMEDOUT: 'ответа нет. Проверьте сеть и файрвол АТС.',
    EHOSTUNREACH: 'до хоста нет пути. Проверьте сеть.',
    PROTOCOL_SEQUENCE_TIMEOUT: 'ответа нет вовремя. Проверьте сеть и нагрузку АТС.',
    ER_ACCESS_DENIED_ERROR: 'имя или пароль неверны. Впишите правильные через «Изменить».',
    ER_DBACCESS_DENIED_ERROR: 'пользователю нельзя в эту базу: выполните GRANT SELECT на неё.',
    ER_BAD_DB_ERROR: 'такой базы нет. Проверьте конец адреса (обычно asteriskcdrdb).',
    ER_NO_SUCH_TABLE: 'такой таблицы нет. Проверьте имя таблицы через «Изменить».',
    ER_TABLEACCESS_DENIED_ERROR: 'пользователю нельзя читать таблицу: выполните GRANT SELECT на неё.',
  },
  en: {
    ECONNREFUSED: 'nothing listens at this address. Check host and port, and bind-address in MySQL on the PBX.',
    ENOTFOUND: 'there is no such host. Check the address.',
    ETIMEDOUT: 'no answer. Check the network and the firewall of the PBX.',
    EHOSTUNREACH: 'there is no way to the host. Check the network.',
    PROTOCOL_SEQUENCE_TIMEOUT: 'no answer in time. Check the network and the load of the PBX.',
    ER_ACCESS_DENIED_ERROR: 'the user or the password is wrong. Enter the right ones by “Change”.',
    ER_DBACCESS_DENIED_ERROR: 'the user may not use this database: GRANT SELECT on it.',
    ER_BAD_DB_ERROR: 'there is no such database. Check the end of the address (usually asteriskcdrdb).',
    ER_NO_SUCH_TABLE: 'there is no such table. Check its name by “Change”.',
    ER_TABLEACCESS_DENIED_ERROR: 'the user may not read the table: GRANT SELECT on it.',
  },
};

export const findingTexts: Words<Texts> = {
  ru: {
    outcomes: {
      ok: 'Всё готово к звонкам',
      warning: 'Работать будет, но есть замечания',
      error: 'Так звонки не дойдут',
    },
    states: { ok: 'хорошо', warning: 'замечание', error: 'ошибка' },
    subjects: {
      ...{ database: 'База АТС', 'cel-table': 'Таблица CEL', 'cdr-table': 'Таблица CDR', calls: 'Звонки' },
      ...{ events: 'События', timezone: 'Часовой пояс', phones: 'Телефоны сотрудников' },
    },
    tell({ subject, state, finding, values: { code = '', message = '', ...values } }, language) {
      switch (finding) {
        case 'unreachable':
          return troubles.ru[code] ?? `не читается: ${message || code}`;
        case 'lacks-columns':
          return state === 'error'
            ? `нет столбцов ${values.columns}. Это точно таблица CEL?`
            : `нет столбцов ${values.columns}: о части звонков известно будет меньше. Добавьте их, если можно.`;
        case 'no-calls-yet':
          return 'ещё ни одной строки. Позвоните куда-нибудь и проверьте снова; если пусто и тогда, включите CEL (во FreePBX: Settings → Advanced → CEL).';
        case 'lacks-events':
          return `никогда не приходят ${values.events}. Добавьте их в events= в cel.conf и выполните module reload cel.`;
        case 'other-timezone':
          return `часы строк расходятся с поясом ${values.timezone} на ${values.hours} ч. Укажите пояс, по которому идут часы АТС.`;
        case 'no-phones':
          return `ни один телефон не похож на внутренний номер (${values.pattern}). Видны: ${values.seen || 'никто'}.`;
        case 'too-few-rows':
          return 'звонков ещё мало, чтобы судить.';
        default:
          if (subject === 'calls') return `последняя строка — ${momentOf(values.atMs, language)}.`;
          return subject === 'phones' ? `видны ${values.phones}.` : (values.table ?? values.timezone ?? 'в порядке.');
      }
    },
  },
  en: {
    outcomes: {
      ok: 'Ready for calls',
      warning: 'It will work, with a remark',
      error: 'Calls would not arrive like this',
    },
    states: { ok: 'fine', warning: 'remark', error: 'fault' },
    subjects: {
      ...{ database: "PBX's database", 'cel-table': 'CEL table', 'cdr-table': 'CDR table', calls: 'Calls' },
      ...{ events: 'Events', timezone: 'Time zone', phones: "Employees' phones" },
    },
    tell({ subject, state, finding, values: { code = '', message = '', ...values } }, language) {
      switch (finding) {
        case 'unreachable':
          return troubles.en[code] ?? `can't be read: ${message || code}`;
        case 'lacks-columns':
          return state === 'error'
            ? `the columns ${values.columns} are missing. Is that the CEL table?`
            : `the columns ${values.columns} are missing: less is known of some calls. Add them if you can.`;
        case 'no-calls-yet':
          return 'not a row yet. Make a call and check again; if it is empty then too, switch CEL on (FreePBX: Settings → Advanced → CEL).';
        case 'lacks-events':
          return `${values.events} never come. Add them to events= in cel.conf and run module reload cel.`;
        case 'other-timezone':
          return `the rows' clock is ${values.hours} h off ${values.timezone}. Set the zone that the clock of the PBX goes by.`;
        case 'no-phones':
          return `no phone looks like an extension (${values.pattern}). Seen: ${values.seen || 'nobody'}.`;
        case 'too-few-rows':
          return 'too few calls yet to tell.';
        default:
          if (subject === 'calls') return `the newest row is of ${momentOf(values.atMs, language)}.`;
          return subject === 'phones' ? `${values.phones} were seen.` : (values.table ?? values.timezone ?? 'fine.');
      }
    },
  },
};
