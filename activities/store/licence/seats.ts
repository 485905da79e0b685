import { seatHolders } from '../../../proto/licence/seats.ts';
import type { Accounts } from '../accounts.ts';
import type { People } from '../people.ts';
import type { SettingsStore } from '../settings.ts';

export interface SeatDemand {
  /** amoCRM users who have an extension, each once, of all accounts. */
  users: number[];
  /** Whom the settings name to come first. */
  named: number[];
}

export type SeatReader = () => Promise<SeatDemand>;

/** Who wants a seat, over all accounts of the installation; amoCRM is not asked. */
export function createSeatReader(
  accounts: Pick<Accounts, 'list'>,
  settings: Pick<SettingsStore, 'latest'>,
  peopleOf: (accountId: string) => Promise<People>,
): SeatReader {
  return async () => {
    const all = await accounts.list();
    const each = await Promise.all(
      all.map(async ({ id }) => {
        const [latest, { employees, inactiveUsers }] = await Promise.all([settings.latest(id), peopleOf(id)]);
        const users = Object.values(employees).filter((user) => !inactiveUsers.includes(user));
        return { users, named: latest?.settings.seats ?? [] };
      }),
    );
    return {
      users: [...new Set(each.flatMap(({ users }) => users))],
      named: [...new Set(each.flatMap(({ named }) => named))],
    };
  };
}

/** @returns null if there is a seat for everybody */
export function holdersOf({ users, named }: SeatDemand, seats: number): number[] | null {
  return users.length <= seats ? null : seatHolders(users, named, seats);
}
