import type { Pool, RowDataPacket } from 'mysql2/promise';
import { employeesByOwnPhones } from '../../proto/catalogue.ts';
import { defaultExtensionPattern } from '../../proto/default-pbx.ts';
import { employeesAsSet, type SettingsSeed } from '../../proto/settings-of-call.ts';
import type { Catalogues } from './catalogues.ts';
import type { SettingsStore } from './settings.ts';

/** Who works in an account, as far as it is known here: amoCRM is not asked. */
interface People {
  /** Extension → amoCRM user: as set, else by the users' own phone numbers. */
  employees: Record<string, number>;
  inactiveUsers: number[];
  names: Map<number, string>;
  /** Who gets a seat of the licence first, as set. */
  firstSeats: number[];
}

/** By account, what changes with whatever is known of who works there: one question, however many accounts there are. */
export type PeopleMarks = () => Promise<Map<string, string>>;

export function createPeopleMarks(pool: Pool): PeopleMarks {
  const sql = `SELECT id, (SELECT MAX(version) FROM settings WHERE account_id = accounts.id) AS version,
      (SELECT users_read_at FROM catalogues WHERE account_id = accounts.id) AS users_read_at FROM accounts`;
  return async () => {
    const [rows] = await pool.query<RowDataPacket[]>(sql);
    return new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
  };
}

export type PeopleOf = (accountId: string) => Promise<People>;

export function createPeople(
  settings: Pick<SettingsStore, 'latest'>,
  catalogues: Pick<Catalogues, 'read'>,
  seed: Pick<SettingsSeed, 'accountId' | 'employees'>,
): PeopleOf {
  return async (accountId) => {
    const [latest, catalogue] = await Promise.all([settings.latest(accountId), catalogues.read(accountId)]);
    const users = catalogue?.users ?? [];
    const set = employeesAsSet(accountId, latest?.settings, seed);
    return {
      employees: set ?? employeesByOwnPhones(users, defaultExtensionPattern),
      inactiveUsers: users.filter(({ isActive }) => !isActive).map(({ id }) => id),
      names: new Map(users.map(({ id, name }) => [id, name])),
      firstSeats: latest?.settings.seats ?? [],
    };
  };
}
