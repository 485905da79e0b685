import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { AmocrmClient } from '../../activities/amocrm/client.ts';
import { employeesFromUsers } from '../../activities/amocrm/employees.ts';

/** Extension → amoCRM user id. */
export type Employees = Record<string, number>;

const refreshEveryMs = 5 * 60_000;

/**
 * Who has which phone, by the users' own phone numbers in amoCRM. Asked there every few minutes; between and while
 * amoCRM is away the last known answer holds, also over a restart.
 */
export function createEmployeeDirectory(
  client: AmocrmClient,
  redis: Redis,
  accountId: string,
  extensionPattern: string,
  logger: Logger,
): () => Promise<Employees> {
  const key = `ringflow:account:${accountId}:employees`;
  let known: Employees | undefined;
  let asking: Promise<void> | undefined;
  let askedAtMs = 0;

  const ask = async (): Promise<void> => {
    try {
      const employees = await employeesFromUsers(client, extensionPattern);
      if (JSON.stringify(employees) !== JSON.stringify(known)) tell(employees, logger);
      known = employees;
      await redis.set(key, JSON.stringify(employees));
    } catch (error) {
      logger.warn(`amoCRM's users can't be read (${(error as Error).message}); the last known employees hold.`);
      known ??= JSON.parse((await redis.get(key)) ?? '{}') as Employees;
    } finally {
      asking = undefined;
    }
  };

  return async () => {
    if (asking === undefined && Date.now() - askedAtMs > refreshEveryMs) {
      askedAtMs = Date.now();
      asking = ask();
      asking.catch((error: Error) => logger.warn(`the last known employees can't be read (${error.message})`));
    }
    if (known === undefined) await asking;
    return known ?? {};
  };
}

function tell(employees: Employees, logger: Logger): void {
  const extensions = Object.keys(employees);
  if (extensions.length > 0) logger.info({ extensions }, 'employees by the phone numbers of amoCRM users');
  else logger.warn('No amoCRM user has an extension as phone number: nobody gets a card. Set RINGFLOW_EMPLOYEES.');
}
