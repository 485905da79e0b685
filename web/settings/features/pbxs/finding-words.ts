import type { CheckSubject, PbxFinding } from '../../../../proto/pbx-check.ts';
import type { Language, Words } from '../../../kit/language.tsx';

/** What belongs together is told together, with what it amounts to. */
export const groups = {
  calls: ['database', 'cel-table', 'cdr-table', 'calls', 'events', 'timezone', 'phones'],
  ami: ['ami', 'asterisk', 'ami-write', 'ami-read', 'curl'],
  recordings: ['recordings', 'recording-links'],
} as const satisfies Record<string, readonly CheckSubject[]>;
type GroupName = keyof typeof groups;

interface Texts {
  outcomes: Record<GroupName, Record<PbxFinding['state'], string>>;
  notSet: Record<Exclude<GroupName, 'calls'>, string>;
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
    LOCKED: 'адрес зашифрован ключом, которого на сервере больше нет. Впишите его заново через «Изменить».',
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
    LOCKED: 'the address is encrypted with a key that the server no longer has. Enter it anew with “Change”.',
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

/** Of what is no database the same codes ask for something else. */
const causes: Words<Partial<Record<CheckSubject, Record<string, string>>>> = {
  ru: {
    ami: {
      LOCKED: 'секрет зашифрован ключом, которого на сервере больше нет. Впишите его заново через «Изменить».',
      ECONNREFUSED:
        'по этому адресу никто не слушает. Проверьте хост и порт, а на АТС — enabled и bindaddr в manager.conf.',
      ENOTFOUND: 'такого хоста нет. Проверьте адрес.',
      ETIMEDOUT: 'ответа нет. Проверьте сеть и файрвол АТС: порт AMI должен быть открыт для машины Ringflow.',
      EHOSTUNREACH: 'до хоста нет пути. Проверьте сеть.',
    },
    recordings: {
      ENOENT:
        'такой папки нет. Проверьте путь; если папка этой машины, то и смонтирована ли она там, где работает worker.',
      ENOTDIR: 'это не папка. Проверьте путь.',
      EACCES:
        'папку нельзя прочесть. Дайте право на чтение пользователю: тому, от имени которого работают worker и api, или тому, кем входим по SFTP.',
      ETIMEDOUT: 'ответа нет. Если папка сетевая, проверьте, смонтирована ли она; если сервер — сеть и файрвол.',
      LOCKED: 'пароль зашифрован ключом, которого на сервере больше нет. Впишите его заново.',
      REFUSED: 'сервер не впускает. Проверьте имя, пароль или ключ.',
      PRIVATE_KEY: 'закрытый ключ не читается. Вставьте его целиком, без парольной фразы.',
      MOVED: 'сервер отсылает на другой адрес. Впишите тот, по которому файлы лежат на самом деле.',
      ECONNREFUSED: 'по этому адресу никто не слушает. Проверьте сервер и порт.',
      ENOTFOUND: 'такого сервера нет. Проверьте адрес.',
      EHOSTUNREACH: 'до сервера нет пути. Проверьте сеть.',
      DEPTH_ZERO_SELF_SIGNED_CERT:
        'сертификат сервера самодельный. Назовите его в NODE_EXTRA_CA_CERTS для worker и api.',
    },
  },
  en: {
    ami: {
      LOCKED: 'the secret is encrypted with a key that the server no longer has. Enter it anew with “Change”.',
      ECONNREFUSED:
        'nothing listens at this address. Check host and port, and enabled and bindaddr in manager.conf on the PBX.',
      ENOTFOUND: 'there is no such host. Check the address.',
      ETIMEDOUT: "no answer. Check the network and the PBX's firewall: AMI's port must be open to Ringflow's machine.",
      EHOSTUNREACH: 'there is no way to the host. Check the network.',
    },
    recordings: {
      ENOENT:
        'there is no such folder. Check the path, and if it is of this machine, whether it is mounted where worker runs.',
      ENOTDIR: 'it is no folder. Check the path.',
      EACCES:
        'the folder can not be read. Give the right to read it to the user as whom worker and api run, or as whom we sign in by SFTP.',
      ETIMEDOUT:
        'no answer. If the folder is of the network, check whether it is mounted; of a server, check the network and the firewall.',
      LOCKED: 'the password is encrypted with a key that the server no longer has. Enter it anew.',
      REFUSED: 'the server does not let us in. Check the user, and the password or the key.',
      PRIVATE_KEY: 'the private key can not be read. Paste the whole of it, without a passphrase.',
      MOVED: 'the server sends us to another address. Enter the one at which the files really are.',
      ECONNREFUSED: 'nothing listens at this address. Check server and port.',
      ENOTFOUND: 'there is no such server. Check the address.',
      EHOSTUNREACH: 'there is no way to the server. Check the network.',
      DEPTH_ZERO_SELF_SIGNED_CERT:
        "the server's certificate is self-made. Name it in NODE_EXTRA_CA_CERTS of worker and api.",
    },
  },
};

const plainValue = ({ table, timezone, version, place }: Record<string, string>): string | undefined =>
  table ?? timezone ?? version ?? place;

export const findingTexts: Words<Texts> = {
  ru: {
    outcomes: {
      calls: {
        ok: 'Всё готово к звонкам',
        warning: 'Работать будет, но есть замечания',
        error: 'Так звонки не дойдут',
      },
      ami: {
        ok: 'AMI: всё готово',
        warning: 'AMI работает, но есть замечания',
        error: 'AMI: так не получится; звонки и без него читаются из базы',
      },
      recordings: {
        ok: 'Записи на месте',
        warning: 'Записи: есть замечания',
        error: 'Записи так не найти',
      },
    },
    notSet: {
      ami: 'AMI не задан: звонить щелчком из amoCRM нельзя, остальное работает.',
      recordings: 'Не сказано, где лежат записи: ссылок на них не будет.',
    },
    states: { ok: 'хорошо', warning: 'замечание', error: 'ошибка' },
    subjects: {
      ...{ database: 'База АТС', 'cel-table': 'Таблица CEL', 'cdr-table': 'Таблица CDR', calls: 'Звонки' },
      ...{ events: 'События', timezone: 'Часовой пояс', phones: 'Телефоны сотрудников' },
      ...{ ami: 'Вход в AMI', asterisk: 'Версия Asterisk', 'ami-write': 'Команды', 'ami-read': 'События звонков' },
      ...{ curl: 'Функция CURL', recordings: 'Записи', 'recording-links': 'Ссылки в amoCRM' },
    },
    tell({ subject, state, finding, values: { code = '', message = '', ...values } }, language) {
      switch (finding) {
        case 'unreachable':
          if (code === 'HOST_KEY')
            return `ключ сервера — ${values.value}. Сверьте с тем, что на АТС покажет ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub, и впишите как отпечаток. До этого пароль не отправляется.`;
          if (code === 'HTTP') return `сервер отвечает ошибкой ${values.value}. Проверьте адрес и его журнал.`;
          return (causes.ru[subject] ?? troubles.ru)[code] ?? `не читается: ${message || code}`;
        case 'silent':
          return 'соединение есть, но AMI не здоровается. Проверьте порт (обычно 5038) и что между машинами нет прокси.';
        case 'not-ami':
          return `там отвечает не AMI, а «${values.said}». Проверьте порт (обычно 5038).`;
        case 'refused':
          return `Asterisk не впускает ${values.user}. Проверьте имя и secret в manager.conf, а также что permit= пропускает адрес машины Ringflow.`;
        case 'broken':
          return 'AMI поздоровался и замолчал. Проверьте нагрузку АТС и сеть, затем повторите.';
        case 'old-version':
          return `${values.version}. Ringflow проверен с 16-й по 22-ю; на старых часть звонков может читаться неверно.`;
        case 'lacks-rights':
          return `не хватает прав: добавьте ${values.rights} в write= в manager.conf и выполните manager reload.`;
        case 'hears-no-calls':
          return 'события звонков не приходят: добавьте call в read= в manager.conf и выполните manager reload.';
        case 'no-curl':
          return 'не загружена: маршрутизация по ответственному не сможет спросить Ringflow. Выполните module load func_curl.so.';
        case 'no-recordings-yet':
          return 'в CDR ещё нет ни одной записи. Позвоните с записью и проверьте снова.';
        case 'lacks-recordings':
          return `из ${values.count} последних не найдено ${values.missing}, например ${values.file}. Проверьте, что ${values.folder} — та самая папка (во FreePBX — /var/spool/asterisk/monitor).`;
        case 'no-public-address':
          return 'в карточках amoCRM ссылок не будет: сотрудникам их не открыть. Поставьте перед Ringflow https и назовите адрес в PUBLIC_URL.';
        case 'no-keys':
          return 'ссылки нечем подписать. Задайте RINGFLOW_SECRET_KEYS (см. .env.example) и перезапустите Ringflow.';
        case 'lacks-columns':
          if (subject === 'recordings')
            return `в CDR нет столбцов ${values.columns}: по ней не узнать, где запись. Добавьте их, если можно.`;
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
          if (subject === 'recordings') return `найдены все ${values.count} последних.`;
          return subject === 'phones' ? `видны ${values.phones}.` : (plainValue(values) ?? 'в порядке.');
      }
    },
  },
  en: {
    outcomes: {
      calls: {
        ok: 'Ready for calls',
        warning: 'It will work, with a remark',
        error: 'Calls would not arrive like this',
      },
      ami: {
        ok: 'AMI is ready',
        warning: 'AMI works, with a remark',
        error: 'AMI does not work like this; calls are read from the database all the same',
      },
      recordings: {
        ok: 'The recordings are there',
        warning: 'Recordings: with a remark',
        error: 'The recordings are not found like this',
      },
    },
    notSet: {
      ami: 'AMI is not set: nobody can call by a click in amoCRM, all else works.',
      recordings: 'Nobody has said where the recordings are: calls get no link to them.',
    },
    states: { ok: 'fine', warning: 'remark', error: 'fault' },
    subjects: {
      ...{ database: "PBX's database", 'cel-table': 'CEL table', 'cdr-table': 'CDR table', calls: 'Calls' },
      ...{ events: 'Events', timezone: 'Time zone', phones: "Employees' phones" },
      ...{ ami: 'Sign-in to AMI', asterisk: 'Version of Asterisk', 'ami-write': 'Commands' },
      ...{ 'ami-read': 'Events of calls', curl: 'Function CURL', recordings: 'Recordings' },
      'recording-links': 'Links in amoCRM',
    },
    tell({ subject, state, finding, values: { code = '', message = '', ...values } }, language) {
      switch (finding) {
        case 'unreachable':
          if (code === 'HOST_KEY')
            return `the server's key is ${values.value}. Compare it with what ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub tells on the PBX, and enter it as fingerprint. No password is sent before.`;
          if (code === 'HTTP')
            return `the server answers with the error ${values.value}. Check the address, and its log.`;
          return (causes.en[subject] ?? troubles.en)[code] ?? `can't be read: ${message || code}`;
        case 'silent':
          return 'there is a connection, but no greeting of AMI. Check the port (usually 5038), and that no proxy stands between.';
        case 'not-ami':
          return `no AMI answers there, but “${values.said}”. Check the port (usually 5038).`;
        case 'refused':
          return `Asterisk does not let ${values.user} in. Check the name and the secret in manager.conf, and that permit= lets the address of Ringflow's machine pass.`;
        case 'broken':
          return 'AMI has greeted and then fallen silent. Check the load of the PBX and the network, then try again.';
        case 'old-version':
          return `${values.version}. Ringflow is tried with 16 to 22; with older ones some calls may be read wrongly.`;
        case 'lacks-rights':
          return `rights are missing: add ${values.rights} to write= in manager.conf and run manager reload.`;
        case 'hears-no-calls':
          return 'events of calls do not come: add call to read= in manager.conf and run manager reload.';
        case 'no-curl':
          return "is not loaded: routing to the responsible can't ask Ringflow. Run module load func_curl.so.";
        case 'no-recordings-yet':
          return 'no recording is named in CDR yet. Make a call that is recorded and check again.';
        case 'lacks-recordings':
          return `of the newest ${values.count} these are not found: ${values.missing}, such as ${values.file}. Check that ${values.folder} is the folder (FreePBX: /var/spool/asterisk/monitor).`;
        case 'no-public-address':
          return "there will be no links in amoCRM's cards: nobody there could open them. Put https before Ringflow and name its address in PUBLIC_URL.";
        case 'no-keys':
          return 'links can not be signed. Set RINGFLOW_SECRET_KEYS (see .env.example) and restart Ringflow.';
        case 'lacks-columns':
          if (subject === 'recordings')
            return `CDR lacks the columns ${values.columns}: it does not tell where a recording is. Add them if you can.`;
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
          if (subject === 'recordings') return `all of the newest ${values.count} are found.`;
          return subject === 'phones' ? `${values.phones} were seen.` : (plainValue(values) ?? 'fine.');
      }
    },
  },
};
