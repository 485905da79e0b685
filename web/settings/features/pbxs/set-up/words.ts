import type { Words } from '../../../../kit/language.tsx';
import type { SnippetId } from './snippets.ts';

interface Texts
  extends Record<
    ('about' | 'kind' | 'address' | 'addressHint' | 'addressFault' | 'after' | 'sql' | 'url') | ('host' | 'hostOfPbx'),
    string
  > {
  titles: Record<SnippetId, string>;
  why: Record<SnippetId, string>;
  next: Record<'freepbx' | 'asterisk', string>;
}

export const texts: Words<Texts> = {
  ru: {
    about:
      'Готовые куски настроек с вашими именами и новыми паролями. Пароли придуманы в этом окне браузера и нигде не сохранены (после перезагрузки страницы будут другие): вставив их на АТС, впишите их и здесь.',
    ...{ kind: 'Что за АТС', address: 'IP-адрес машины Ringflow, как его видит АТС' },
    addressHint: 'Например, 192.168.1.20: только с него АТС пустит Ringflow',
    addressFault: 'IP-адрес без порта, например 192.168.1.20.',
    sql: 'в консоли MySQL на АТС',
    ...{ host: 'Адрес АТС, как его видит машина Ringflow', hostOfPbx: 'адрес-АТС' },
    after: 'После этого',
    url: 'Адрес базы для «Изменить» (у новой АТС — для «Добавить АТС»)',
    titles: {
      ...{ tables: 'Таблицы и пользователь Asterisk', reader: 'Пользователь, который только читает' },
      ...{ odbc: 'Связь Asterisk с базой', cel: 'События звонков (CEL)', 'cel-odbc': 'Куда писать CEL' },
      ...{ cdr: 'Сводки звонков (CDR)', manager: 'Пользователь AMI' },
    },
    why: {
      tables: 'Если таблиц ещё нет. То, что уже есть, не изменится.',
      reader: 'Ringflow читает две таблицы и больше ничего не может. Порт 3306 откройте только для машины Ringflow.',
      odbc: 'Имя драйвера — как в odbcinst.ini: в Debian «MariaDB Unicode», в RHEL и Rocky «MariaDB».',
      cel: 'Какие события писать. Ringflow понимает и то, что FreePBX пишет сама; с этими строками точнее видно, кому звонили, парковку и перехват.',
      'cel-odbc': 'Модуль cel_odbc должен быть загружен (modules.conf).',
      cdr: 'Из CDR берутся запись разговора и номер, на который звонили.',
      manager:
        'Наименьшие права, с которыми работают звонок по клику и живой список звонков. Порт AMI откройте только для машины Ringflow.',
    },
    next: {
      freepbx:
        'Включите CEL (Settings → Advanced Settings), выполните fwconsole reload, затем впишите адрес базы и пароль AMI здесь и нажмите «Проверить».',
      asterisk:
        'Перезапустите Asterisk (или module reload), затем впишите адрес базы и пароль AMI здесь и нажмите «Проверить».',
    },
  },
  en: {
    about:
      'Ready pieces of configuration with your names and new passwords. The passwords were made in this window and are kept nowhere (loading the page anew makes others): when you have pasted them on the PBX, enter them here too.',
    ...{ kind: 'Kind of PBX', address: "IP address of Ringflow's machine as the PBX sees it" },
    addressHint: 'Such as 192.168.1.20: from it alone the PBX lets Ringflow in',
    addressFault: 'An IP address without a port, such as 192.168.1.20.',
    sql: 'in the console of MySQL on the PBX',
    ...{ host: "Address of the PBX as Ringflow's machine sees it", hostOfPbx: 'address-of-the-PBX' },
    after: 'Then',
    url: 'Address of the database for “Change” (of a new PBX for “Add a PBX”)',
    titles: {
      ...{ tables: "Tables, and Asterisk's user", reader: 'A user who only reads' },
      ...{ odbc: "Asterisk's way to the database", cel: 'Events of calls (CEL)', 'cel-odbc': 'Where CEL is written' },
      ...{ cdr: 'Summaries of calls (CDR)', manager: 'User of AMI' },
    },
    why: {
      tables: 'If there are no tables yet. What is there already stays as it is.',
      reader: 'Ringflow reads two tables and can do nothing else. Open port 3306 to its machine alone.',
      odbc: 'The driver is named as in odbcinst.ini: “MariaDB Unicode” in Debian, “MariaDB” in RHEL and Rocky.',
      cel: 'Which events are written. Ringflow reads what FreePBX writes by itself, too; with these lines it is plainer who was called, parked and picked up.',
      'cel-odbc': 'The module cel_odbc must be loaded (modules.conf).',
      cdr: 'CDR tells the recording and the number that was called.',
      manager:
        "The least rights by which calling by a click and the live list of calls work. Open AMI's port to Ringflow's machine alone.",
    },
    next: {
      freepbx:
        'Switch CEL on (Settings → Advanced Settings), run fwconsole reload, then enter the address of the database and the secret of AMI here and press “Check”.',
      asterisk:
        'Restart Asterisk (or module reload), then enter the address of the database and the secret of AMI here and press “Check”.',
    },
  },
};
