import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { AmocrmClient } from '../../activities/amocrm/client.ts';
import { employeesFromUsers } from '../../activities/amocrm/employees.ts';

/** Extension → amoCRM user id. */
export type Employees = Record<string, number>;

const refreshEveryMs = 5 * 60_000;
const askAgainMs = 5_000;

/**
 * Who has which phone, by the users' own phone numbers in amoCRM. Asked there every few minutes; between and while
 * amoCRM is away the last known answer holds, also over a restart.
 *
 * @returns fails while nothing is known: amoCRM has never answered yet
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
  let asking: Promise<Employees> | undefined;
  let askAgainAtMs = 0;

  const ask = async (): Promise<Employees> => {
    try {
      const employees = await employeesFromUsers(client, extensionPattern);
      if (JSON.stringify(employees) !== JSON.stringify(known)) tell(employees, logger);
      await redis.set(key, JSON.stringify(employees));
      return employees;
    } catch (error) {
      const remembered = known ?? (await remember(redis, key));
      askAgainAtMs = Date.now() + askAgainMs;
      if (remembered === undefined) throw error; // without employees a call would be told wrong: it waits
      logger.warn(`amoCRM's users can't be read (${(error as Error).message}); the last known employees hold.`);
      return remembered;
    }
  };

  const refresh = (): Promise<Employees> => {
    askAgainAtMs = Date.now() + refreshEveryMs;
    asking = ask()
      .then((employees) => (known = employees))
      .finally(() => (asking = undefined));
    asking.catch(() => undefined); // told to whoever waits
    return asking;
  };

  return async () => {
    if (known === undefined) return asking ?? refresh();
    if (asking === undefined && Date.now() > askAgainAtMs) void refresh();
    return known;
  };
}

async function remember(redis: Redis, key: string): Promise<Employees | undefined> {
  const json = await redis.get(key);
  return json === null ? undefined : (JSON.parse(json) as Employees);
}

function tell(employees: Employees, logger: Logger): void {
  const extensions = Object.keys(employees);
  if (extensions.length > 0) logger.info({ extensions }, 'employees by the phone numbers of amoCRM users');
  else logger.warn('No amoCRM user has an extension as phone number: nobody gets a card. Set RINGFLOW_EMPLOYEES.');
}
