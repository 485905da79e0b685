import { createMakeUp } from '../../runtime/make-up.ts';
import type { LicenceMeans } from './licence.ts';
import { withTemporal } from './temporal.ts';

interface OfAccount {
  accountId: string;
  count: number;
}

/** How many calls of each account stand in the journal alone, for want of a licence. */
export async function tellHeldBackCalls(means: LicenceMeans): Promise<void> {
  print(await countOfEach(means));
}

/** Has them registered, a handful at a time, by the licence of now. */
export async function makeUpHeldBack(means: LicenceMeans, environment: NodeJS.ProcessEnv): Promise<void> {
  const each = await countOfEach(means);
  print(each);
  const due = each.filter(({ count }) => count > 0);
  if (due.length === 0) return;
  await withTemporal(environment, 'Nothing was begun: try again.', async (client) => {
    const makeUp = createMakeUp(client);
    for (const { accountId } of due) await makeUp.start(accountId);
  });
  process.stderr.write('They are registered now, about one a second; what the licence still lacks stays as it is.\n');
}

async function countOfEach({ accounts, pbxs, heldBackCalls }: LicenceMeans): Promise<OfAccount[]> {
  const all = await pbxs.list();
  return Promise.all(
    (await accounts.list()).map(async ({ id: accountId }) => {
      const own = all.filter((pbx) => pbx.accountId === accountId);
      return { accountId, count: await heldBackCalls.count(own.map(({ id }) => id)) };
    }),
  );
}

function print(each: readonly OfAccount[]): void {
  for (const { accountId, count } of each) process.stdout.write(`${accountId}\t${count} calls not licensed\n`);
}
