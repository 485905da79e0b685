/** What the snippets are filled with: of this installation and its PBX. */
export interface SetUpValues {
  kind: 'freepbx' | 'asterisk';
  /** Of Ringflow's machine as the PBX sees it. */
  ringflowAddress: string;
  database: string;
  celTable: string;
  cdrTable: string;
  /** Made for this page; they hold once somebody has put them in on both sides. */
  databasePassword: string;
  writerPassword: string;
  amiUser: string;
  amiSecret: string;
  amiPort: number;
}

export type SnippetId = 'reader' | 'cel' | 'cel-odbc' | 'cdr' | 'odbc' | 'tables' | 'manager';

export interface Snippet {
  id: SnippetId;
  /** Where it belongs on the PBX; empty: it is for the console of MySQL. */
  file: string;
  text: string;
}

/** An IP address: a name means nothing to `permit`, and in what is pasted nothing may end the line. */
export const isAddress = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || (text.includes(':') && /^[\da-f:.]{2,45}$/i.test(text));

/** Everything that is set on the PBX, for Asterisk 16 to 22. */
export function snippetsFor(values: SetUpValues): Snippet[] {
  if (values.kind === 'freepbx') {
    return [
      { id: 'reader', file: '', text: readerSql(values) },
      { id: 'cel', file: '/etc/asterisk/cel_general_custom.conf', text: celOptions },
      { id: 'manager', file: '/etc/asterisk/manager_custom.conf', text: managerUser(values) },
    ];
  }
  return [
    { id: 'tables', file: '', text: tablesSql(values) },
    { id: 'reader', file: '', text: readerSql(values) },
    { id: 'odbc', file: '/etc/odbc.ini', text: odbcIni(values) },
    { id: 'odbc', file: '/etc/asterisk/res_odbc.conf', text: resOdbcConf(values) },
    { id: 'cel', file: '/etc/asterisk/cel.conf', text: `[general]\nenable = yes\n${celOptions}` },
    { id: 'cel-odbc', file: '/etc/asterisk/cel_odbc.conf', text: tableConf('cel', values.celTable) },
    { id: 'cdr', file: '/etc/asterisk/cdr.conf', text: '[general]\nenable = yes\nunanswered = no\nbatch = no\n' },
    { id: 'cdr', file: '/etc/asterisk/cdr_adaptive_odbc.conf', text: cdrTableConf(values) },
    { id: 'manager', file: '/etc/asterisk/manager.conf', text: `${managerGeneral(values)}\n${managerUser(values)}` },
  ];
}

/** The address by which Ringflow then reads. @param place host:port/database */
export const readerUrl = ({ databasePassword }: SetUpValues, place: string): string =>
  `mysql://ringflow:${databasePassword}@${place}`;

const celOptions = `events = ALL
apps = dial,park,queue,voicemail,pickup,followme,mixmonitor
`;

function readerSql({ ringflowAddress, databasePassword, database, celTable, cdrTable }: SetUpValues): string {
  const user = `'ringflow'@'${ringflowAddress}'`;
  return `CREATE USER ${user} IDENTIFIED BY '${databasePassword}';
GRANT SELECT ON ${quoted(database, celTable)} TO ${user};
GRANT SELECT ON ${quoted(database, cdrTable)} TO ${user};
`;
}

/** A table of another database names it: `asteriskcdrdb.cel`. */
function quoted(database: string, table: string): string {
  const names = table.includes('.') ? table.split('.') : [database, table];
  return names.map((name) => `\`${name}\``).join('.');
}

function managerGeneral({ amiPort, ringflowAddress }: SetUpValues): string {
  return `[general]
enabled = yes
port = ${amiPort}
bindaddr = ${ringflowAddress.includes(':') ? '::' : '0.0.0.0'}
timestampevents = yes
`;
}

function managerUser({ amiUser, amiSecret, ringflowAddress }: SetUpValues): string {
  const isIpv6 = ringflowAddress.includes(':');
  const [all, one] = isIpv6 ? ['::/0', '/128'] : ['0.0.0.0/0.0.0.0', '/255.255.255.255'];
  return `[${amiUser}]
secret = ${amiSecret}
deny = ${all}
permit = ${ringflowAddress}${one}
read = call,agent,dialplan
write = call,originate,reporting
`;
}

function odbcIni({ database }: SetUpValues): string {
  return `[asteriskcdrdb]
Driver = MariaDB Unicode
Server = 127.0.0.1
Port = 3306
Database = ${database}
`;
}

function resOdbcConf({ writerPassword }: SetUpValues): string {
  return `[asteriskcdrdb]
enabled => yes
dsn => asteriskcdrdb
username => asterisk
password => ${writerPassword}
pre-connect => yes
`;
}

const tableConf = (name: string, table: string): string => `[${name}]
connection = asteriskcdrdb
table = ${table}
`;

const cdrTableConf = ({ cdrTable }: SetUpValues): string =>
  `${tableConf('asteriskcdrdb', cdrTable)}alias start => calldate\n`;

function tablesSql({ database, celTable, cdrTable, writerPassword }: SetUpValues): string {
  const [cel, cdr] = [quoted(database, celTable), quoted(database, cdrTable)];
  return `CREATE DATABASE IF NOT EXISTS \`${database}\` CHARACTER SET utf8mb4;
CREATE TABLE IF NOT EXISTS ${cel} (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  eventtype VARCHAR(30), eventtime DATETIME(6),
  cid_name VARCHAR(80), cid_num VARCHAR(80), cid_ani VARCHAR(80), cid_rdnis VARCHAR(80), cid_dnid VARCHAR(80),
  exten VARCHAR(80), context VARCHAR(80), channame VARCHAR(80), appname VARCHAR(80), appdata VARCHAR(255),
  amaflags INT, accountcode VARCHAR(20), uniqueid VARCHAR(150), linkedid VARCHAR(150),
  peer VARCHAR(80), userdeftype VARCHAR(255), extra VARCHAR(512),
  KEY (uniqueid), KEY (linkedid)
);
CREATE TABLE IF NOT EXISTS ${cdr} (
  calldate DATETIME, clid VARCHAR(80), src VARCHAR(80), dst VARCHAR(80), dcontext VARCHAR(80),
  channel VARCHAR(80), dstchannel VARCHAR(80), lastapp VARCHAR(80), lastdata VARCHAR(80),
  duration INT, billsec INT, disposition VARCHAR(45), amaflags INT, accountcode VARCHAR(20),
  uniqueid VARCHAR(150), linkedid VARCHAR(150), userfield VARCHAR(255), did VARCHAR(50),
  recordingfile VARCHAR(255), cnum VARCHAR(80), cnam VARCHAR(80), sequence INT,
  KEY (calldate), KEY (uniqueid)
);
CREATE USER 'asterisk'@'127.0.0.1' IDENTIFIED BY '${writerPassword}';
GRANT SELECT, INSERT ON ${cel} TO 'asterisk'@'127.0.0.1';
GRANT SELECT, INSERT ON ${cdr} TO 'asterisk'@'127.0.0.1';
`;
}
