import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountFactsReader } from '../../activities/store/account-facts.ts';
import type { Accounts } from '../../activities/store/accounts.ts';
import type { AccountFacts, LicenceFacts, TemporalFacts } from '../../proto/state/facts.ts';
import { type Finding, findingKey } from '../../proto/state/finding.ts';
import { judge, judgeParts, sharedCodes } from '../../proto/state/judge.ts';
import { keptForAMoment } from '../../runtime/kept-for-a-moment.ts';

/** How everything stands. */
export interface Standings {
  atMs: number;
  /** What is not right with the installation as a whole. */
  findings: Finding[];
  /** undefined: Temporal is away. */
  temporal: TemporalFacts | undefined;
  /** undefined: it could not be read. */
  licence: LicenceFacts | undefined;
  accounts: AccountStanding[];
}

export interface AccountStanding {
  id: string;
  facts: AccountFacts;
  /** What is not right with this account alone. */
  findings: Finding[];
}

interface Sources {
  accounts: Pick<Accounts, 'list'>;
  accountFacts: AccountFactsReader;
  pingRedis(): Promise<unknown>;
  askTaskQueues(): Promise<TemporalFacts>;
  licenceFacts(): Promise<LicenceFacts>;
}

export type StandingsReader = () => Promise<Standings>;

/** Whoever asks often need not ask all stores each time. */
const freshMs = 5_000;

/** Never fails: what can't be asked is told as away. */
export function createStandings(sources: Sources): StandingsReader {
  /** Of the last time that MySQL has answered. */
  let ids: string[] = [];
  const read = async (): Promise<Standings> => {
    const atMs = Date.now();
    const [listed, redis, temporal, licence] = await Promise.all([
      unlessAway(async () => (await sources.accounts.list()).map(({ id }) => id)),
      unlessAway(async () => [await sources.pingRedis()]),
      unlessAway(sources.askTaskQueues),
      unlessAway(sources.licenceFacts),
    ]);
    ids = listed ?? ids;
    const accounts = await Promise.all(ids.map((id) => standingOf(id, sources.accountFacts)));
    const ofParts = judgeParts({ atMs, kept: listed, shared: redis, temporal });
    return {
      ...{ atMs, temporal, licence },
      findings: eachOnce([...ofParts, ...accounts.flatMap(({ findings }) => findings.filter(isShared))]),
      accounts: accounts.map((one) => ({ ...one, findings: one.findings.filter((finding) => !isShared(finding)) })),
    };
  };
  const kept = keptForAMoment(read, { freshMs, usableMs: freshMs });
  return async () => (await kept.get('all')) as Standings;
}

async function standingOf(id: string, accountFacts: AccountFactsReader): Promise<AccountStanding> {
  const facts = await accountFacts(id);
  return { id, facts, findings: judge(facts) };
}

const isShared = ({ code }: Finding): boolean => sharedCodes.includes(code);

function eachOnce(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [findingKey(finding), finding])).values()];
}

/** A store that is silent is away, too. */
const patienceMs = 3_000;

async function unlessAway<T>(ask: () => Promise<T>): Promise<T | undefined> {
  return Promise.race([ask().catch(() => undefined), sleep(patienceMs, undefined, { ref: false })]);
}
