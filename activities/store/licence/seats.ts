import { type Account, type Accounts, isConnected } from '../accounts.ts';
import type { PeopleMarks, PeopleOf } from '../people.ts';

interface SeatDemand {
  /** amoCRM users who have an extension, each once, of all accounts. */
  users: number[];
  /** Whom the settings name to come first. */
  named: number[];
}

export type SeatReader = () => Promise<SeatDemand>;

/**
 * Who wants a seat, over all accounts that are or will be connected; amoCRM is not asked. Of an account that can't be read the last
 * that is known counts.
 *
 * @throws if nothing was ever known of one
 */
export function createSeatReader(
  accounts: Pick<Accounts, 'list'>,
  peopleOf: PeopleOf,
  marksOf: PeopleMarks,
): SeatReader {
  const lastKnown = new Map<string, { demand: SeatDemand; mark: string | undefined }>();
  const read = async (id: string): Promise<SeatDemand> => {
    const { employees, inactiveUsers, firstSeats } = await peopleOf(id);
    const users = Object.values(employees).filter((user) => !inactiveUsers.includes(user));
    return { users, named: firstSeats };
  };
  const demandOf = async (id: string, mark: string | undefined): Promise<SeatDemand> => {
    const known = lastKnown.get(id);
    if (known && mark !== undefined && known.mark === mark) return known.demand;
    try {
      const demand = await read(id);
      lastKnown.set(id, { demand, mark });
      return demand;
    } catch (error) {
      if (!known) throw error;
      return known.demand;
    }
  };
  return async () => {
    const marks = await marksOf(); // before what they stand for: what changes meanwhile is read once more
    const all = await accounts.list();
    const each = await Promise.all(all.filter(wantsSeats).map(({ id }) => demandOf(id, marks.get(id))));
    return {
      users: [...new Set(each.flatMap(({ users }) => users))],
      named: [...new Set(each.flatMap(({ named }) => named))],
    };
  };
}

/** Calls of one that is about to be connected wait for that, and keep what they began with. */
const wantsSeats = (account: Account): boolean => isConnected(account) || account.state === 'pending';
