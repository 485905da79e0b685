import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Accounts } from '../../activities/store/accounts.ts';
import type { AlertActors } from '../../runtime/alert-actors.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import type { TokenActors } from '../../runtime/token-actors.ts';
import type { ClientKeepers } from './client-keepers.ts';

interface ActorsOfAccounts {
  tokenActors: Pick<TokenActors, 'look' | 'keep'>;
  keepers: Pick<ClientKeepers, 'look'>;
  alertActors: Pick<AlertActors, 'look'>;
}

/**
 * What each account needs also if nobody calls has its actors, whatever becomes of Temporal's data. Actors that run write
 * no history for it; one whose account is seen first looks anew at its tokens.
 *
 * @param timing how often new accounts are looked for, and how often the actors of all
 */
export async function lookAfterAccounts(
  accounts: Pick<Accounts, 'list'>,
  { tokenActors, keepers, alertActors }: ActorsOfAccounts,
  { newEveryMs, allEveryMs }: { newEveryMs: number; allEveryMs: number },
  logger: Logger,
  stopping: AbortSignal,
): Promise<void> {
  const lookedAtMs = new Map<string, number>();
  const say = sayOnce((message) => logger.warn(message));
  const lookAt = async (id: string, hasTokens: boolean): Promise<void> => {
    await keepers.look(id);
    await alertActors.look(id);
    if (hasTokens) await (lookedAtMs.has(id) ? tokenActors.keep(id) : tokenActors.look(id));
    lookedAtMs.set(id, Date.now());
  };
  while (!stopping.aborted) {
    try {
      const isDue = ({ id }: { id: string }) => Date.now() - (lookedAtMs.get(id) ?? 0) >= allEveryMs;
      for (const { id, clientId } of (await accounts.list()).filter(isDue)) await lookAt(id, clientId !== null);
    } catch (error) {
      say(`The accounts' actors can't be looked for (${(error as Error).message}): trying again.`);
    }
    await sleep(newEveryMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}
