import { readFileSync } from 'node:fs';
import { readSecretFiles } from '../../proto/secret-files.ts';
import { migrate, SchemaError } from './migrate.ts';

/** Brings the schema of MYSQL_URL up to date, or to the migration of a number, says what it did, and ends. */

const secrets = readSecretFiles(process.env, ['MYSQL_URL'], (path) => readFileSync(path, 'utf8'));
const url = secrets.environment.MYSQL_URL;
if (secrets.faults[0]) {
  console.error(secrets.faults[0].fault);
  process.exit(2);
}
if (url === undefined || url === '') {
  console.error('MYSQL_URL is missing: mysql://user:password@host:port/database');
  process.exit(2);
}
const version = process.argv[2];
if (version !== undefined && !/^\d{1,4}$/.test(version)) {
  console.error(`${version} is no number of a migration, such as 21; see activities/store/migrations.`);
  process.exit(2);
}
try {
  const applied = await migrate(url, version === undefined ? undefined : Number(version));
  console.log(applied.length > 0 ? `schema: applied ${applied.join(', ')}` : 'schema: up to date');
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  if (error instanceof SchemaError) console.error(message);
  else
    console.error(
      `The schema can't be brought up to date (${code ?? message}): check MYSQL_URL and its user's rights.`,
    );
  process.exit(1);
}
