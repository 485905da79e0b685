import { migrate, SchemaError } from '../../licensing/store/migrate.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { findEnvironment } from '../ringflow-cli/environment.ts';
import { mysqlUrlOf } from './store.ts';

/** `ringflow-licensing migrate`. @throws BadInput that says what to do */
export async function migrateSchema(): Promise<void> {
  const url = mysqlUrlOf(findEnvironment());
  try {
    const applied = await migrate(url);
    console.log(applied.length > 0 ? `schema: applied ${applied.join(', ')}` : 'schema: up to date');
  } catch (error) {
    if (error instanceof SchemaError) throw new BadInput(error.message);
    const { code, message } = error as { code?: string; message: string };
    throw new BadInput(
      `The schema can't be brought up to date (${code ?? message}): check LICENSING_MYSQL_URL and its user's rights.`,
    );
  }
}
