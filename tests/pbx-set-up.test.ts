import { AmiConnection } from '../activities/asterisk/ami/connection.ts';
import { openCelTable } from '../activities/asterisk/cel-table.ts';
import { checkAmi } from '../activities/asterisk/check/ami.ts';
import { checkPbxTables } from '../activities/asterisk/check/tables.ts';
import { openPbxDatabase } from '../activities/asterisk/pbx-database.ts';
import { readerUrl, type SetUpValues, snippetsFor } from '../web/settings/features/pbxs/set-up/snippets.ts';
import { startAsterisk, type TestAsterisk } from './rig/asterisk.ts';
import { createDatabase } from './rig/databases.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(60_000);

/** What the page of a PBX offers to paste is taken by a real Asterisk and a real MariaDB, and a call is then read. */

const address = '127.0.0.1';
const { port } = new URL(servers.mysqlAdminUrl);

function textOf(values: SetUpValues, file: string): string {
  return snippetsFor(values)
    .filter((snippet) => (file === '' ? snippet.file === '' : snippet.file.endsWith(file)))
    .map(({ text }) => text)
    .join('\n');
}

const values = (changes: Partial<SetUpValues>): SetUpValues => ({
  ...{ kind: 'asterisk', ringflowAddress: address, database: 'asteriskcdrdb', celTable: 'cel', cdrTable: 'cdr' },
  ...{ databasePassword: 'reader2reader', writerPassword: 'writer2writer', amiUser: 'ringflow' },
  ...{ amiSecret: 'secret2secret', amiPort: 5038 },
  ...changes,
});

/** What Asterisk complains of in these files; what we leave out of its configuration it does without. */
const complaints = (asterisk: TestAsterisk) =>
  asterisk
    .log()
    .split('\n')
    .filter((line) => /(ERROR|WARNING)\[/.test(line) && /cel|manager|cdr|odbc/i.test(line));

it('plain Asterisk writes calls into tables that Ringflow may read, and lets it in', async () => {
  const database = await createDatabase('set_up');
  const own = values({ database: database.name });
  await database.pool.query(`DROP USER IF EXISTS 'ringflow'@'${address}', 'asterisk'@'${address}'`);
  await database.pool.query(textOf(own, ''));
  const files = ['cel.conf', 'cel_odbc.conf', 'cdr.conf', 'cdr_adaptive_odbc.conf', 'res_odbc.conf'];
  const asterisk = await startAsterisk({
    ...Object.fromEntries(files.map((file) => [file, textOf(own, `/${file}`)])),
    'odbc.ini': textOf(own, '/odbc.ini').replace('Port = 3306', `Port = ${port}`),
    'manager.conf': textOf(own, '/manager.conf').replace('port = 5038', '').replace('bindaddr = 0.0.0.0', ''),
    'modules.conf': ['res_odbc_transaction', 'res_odbc', 'cel_odbc', 'cdr_adaptive_odbc']
      .map((module) => `load = ${module}.so`)
      .join('\n'),
    'extensions.conf': '[default]\nexten => 1,1,Answer()\nsame => n,Wait(0.1)\n',
  });
  const access = { host: address, port: asterisk.amiPort, user: 'ringflow', secret: own.amiSecret };
  expect((await checkAmi(access)).map(({ state }) => state)).toEqual(Array(5).fill('ok'));
  const call = { Channel: 'Local/1@default', Application: 'Wait', Data: '0.1' };
  const ami = await AmiConnection.open(access);
  expect(await ami.ask('Originate', call)).toMatchObject({ Response: 'Success' });
  ami.close();
  const pool = openPbxDatabase(readerUrl(own, `${address}:${port}/${database.name}`));
  const cel = await openCelTable(pool, 'cel');
  expect(cel.lost).toEqual([]);
  while (!(await cel.latest(50)).some(({ eventtype }) => eventtype === 'LINKEDID_END')) await nextMoment();
  const findings = await checkPbxTables({ pool, celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' }, '^1$');
  expect(findings.slice(0, 4).map(({ state }) => state)).toEqual(Array(4).fill('ok'));
  await expect(pool.query('DELETE FROM cel')).rejects.toThrow(/denied/);
  expect(complaints(asterisk)).toEqual([]);
  await Promise.all([asterisk.stop(), pool.end()]);
  await database.drop();
});

it('what FreePBX includes is taken too', async () => {
  const own = values({ kind: 'freepbx' });
  const asterisk = await startAsterisk({
    'cel.conf': `[general]\nenable=yes\n${textOf(own, '/cel_general_custom.conf')}`,
    'cdr.conf': '[general]\n',
    'manager.conf': textOf(own, '/manager_custom.conf'),
  });
  const access = { host: address, port: asterisk.amiPort, user: 'ringflow', secret: own.amiSecret };
  expect((await checkAmi(access)).map(({ state }) => state)).toEqual(Array(5).fill('ok'));
  expect(complaints(asterisk)).toEqual([]);
  await asterisk.stop();
});

const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 20));
