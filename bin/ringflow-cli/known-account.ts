import type { Account, Accounts } from '../../activities/store/accounts.ts';
import { BadInput } from './bad-input.ts';

/** The account of this id. @throws BadInput that names those there are */
export async function knownAccount(accounts: Accounts, id: string): Promise<Account> {
  const known = await accounts.list();
  const account = known.find((one) => one.id === id);
  if (account) return account;
  const names = known.map((one) => one.id).join(', ');
  if (names) throw new BadInput(`There is no account ${id}; there is ${names}.`);
  throw new BadInput('There is no account yet: start Ringflow once with AMOCRM_BASE_URL set.');
}
