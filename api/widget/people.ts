import type { PeopleOf } from '../../activities/store/people.ts';
import type { ApiTools } from '../tools.ts';

/** amoCRM that refuses is not asked by each page. */
const askAgainMs = 60_000;

/** Who works in an account; where nobody has ever asked amoCRM that is done now, once. */
export function createKnownPeople({ peopleOf, accountActors }: Pick<ApiTools, 'peopleOf' | 'accountActors'>): PeopleOf {
  const asking = new Map<string, Promise<unknown>>();
  const ask = (accountId: string): Promise<unknown> => {
    const known = asking.get(accountId);
    if (known) return known;
    const answer = accountActors.readCatalogue(accountId).catch(() => undefined); // nobody's phone is known, which is told
    asking.set(accountId, answer);
    setTimeout(() => asking.delete(accountId), askAgainMs).unref();
    return answer;
  };
  return async (accountId) => {
    const people = await peopleOf(accountId);
    if (Object.keys(people.employees).length > 0 || people.names.size > 0) return people;
    await ask(accountId);
    return peopleOf(accountId);
  };
}
