import type { Logger } from 'pino';
import { readUsers } from '../../activities/amocrm/catalogue.ts';
import type { AmocrmClient } from '../../activities/amocrm/client.ts';
import { AmocrmError } from '../../activities/amocrm/errors.ts';
import type { Catalogues } from '../../activities/store/catalogues.ts';
import { type AmocrmUser, employeesByOwnPhones } from '../../proto/catalogue.ts';

/** Who works in an account. */
interface Directory {
  /** Extension → amoCRM user, as the users' own phone numbers say. */
  employees: Record<string, number>;
  /** Users who were deactivated. */
  inactiveUsers: number[];
}

export interface EmployeeDirectory {
  /** @throws AmocrmError `EmployeesUnknown` while nothing is known: amoCRM has never answered yet */
  read(): Promise<Directory>;
  /** What is known without waiting for amoCRM; undefined if nothing is yet. */
  glance(): Promise<Directory | undefined>;
}

const refreshEveryMs = 5 * 60_000;
const askAgainMs = 5_000;
/** What a person has to mend. */
const hopelessAgainMs = 60_000;

/**
 * Who has which phone, by the users' own phone numbers in amoCRM. Asked there every few minutes; between and while
 * amoCRM is away the last known answer holds, also over a restart.
 */
export function createEmployeeDirectory(
  client: AmocrmClient,
  store: Catalogues,
  accountId: string,
  extensionPattern: string,
  logger: Logger,
): EmployeeDirectory {
  let known: Directory | undefined;
  let asking: Promise<Directory> | undefined;
  let askAgainAtMs = 0;

  const directoryOf = (users: readonly AmocrmUser[]): Directory => ({
    employees: employeesByOwnPhones(users, extensionPattern),
    inactiveUsers: users.filter(({ isActive }) => !isActive).map(({ id }) => id),
  });
  const remember = async (): Promise<Directory | undefined> => {
    const catalogue = await store.read(accountId);
    return catalogue && directoryOf(catalogue.users);
  };

  const ask = async (): Promise<Directory> => {
    try {
      const users = await readUsers(client);
      const directory = directoryOf(users);
      if (JSON.stringify(directory.employees) !== JSON.stringify(known?.employees)) tell(directory, logger);
      await store.writeUsers(accountId, users);
      return directory;
    } catch (error) {
      const remembered = known ?? (await remember());
      askAgainAtMs = Date.now() + askAgainMs;
      if (remembered === undefined) throw nobodyKnown(error); // without employees a call would be told wrong: it waits
      logger.warn(`amoCRM's users can't be read (${(error as Error).message}); the last known employees hold.`);
      return remembered;
    }
  };

  const refresh = (): Promise<Directory> => {
    askAgainAtMs = Date.now() + refreshEveryMs;
    asking = ask()
      .then((employees) => (known = employees))
      .finally(() => (asking = undefined));
    asking.catch(() => undefined); // told to whoever waits
    return asking;
  };

  const newest = () => {
    if (asking === undefined && Date.now() > askAgainAtMs) void refresh().catch(() => undefined);
    return known;
  };
  return {
    read: async () => newest() ?? asking ?? refresh(),
    glance: async () => newest() ?? (await remember().catch(() => undefined)),
  };
}

/** Whatever amoCRM refuses: it is asked again until somebody mends that, or says who has which phone. */
function nobodyKnown(error: unknown): unknown {
  if (!(error instanceof AmocrmError)) return error;
  const message = `Nobody knows yet who has which phone: ${error.message} Or name the employees in RINGFLOW_EMPLOYEES or the settings.`;
  const retryAfterMs = error.retryAfterMs ?? (error.isHopeless ? hopelessAgainMs : undefined);
  return new AmocrmError('EmployeesUnknown', message, {
    hadNoEffect: true,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function tell({ employees }: Directory, logger: Logger): void {
  const extensions = Object.keys(employees);
  if (extensions.length > 0) logger.info({ extensions }, 'employees by the phone numbers of amoCRM users');
  else logger.warn('No amoCRM user has an extension as phone number: nobody gets a card. Set RINGFLOW_EMPLOYEES.');
}
