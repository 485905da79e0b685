import { ApplicationFailure } from '@temporalio/common';
import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import { type Forgotten, keyOfPerson } from '../../proto/forgetting.ts';
import { type CallPlace, createForgettings } from './forgettings.ts';
import type { KnownPbxs } from './pbxs.ts';
import { createPersonalData, type PersonalData } from './personal-data.ts';

export type ForgetActivities = ReturnType<typeof createForgetActivities>;

/** What is done in Temporal for whoever is to be forgotten. */
export interface Histories {
  /** Deletes those that have closed. */
  forget(what: {
    accountId: string;
    pbxIds: readonly string[];
    calls: readonly CallPlace[];
    clicks: readonly { userId: number; requestId: string }[];
    /** By which the person is found where only a history tells: the last ten digits of the phone. */
    key: string;
    /** Which of these calls the journal knows nothing of. */
    withoutEntry(calls: readonly CallPlace[]): Promise<CallPlace[]>;
  }): Promise<Pick<Forgotten, 'histories' | 'running'>>;
}

interface Person {
  key: string;
  accountId: string;
  pbxIds: string[];
  data: PersonalData;
}

/** One step each of deleting what there is of a person; each may be done again. */
export function createForgetActivities(pool: Pool, redis: Redis, pbxs: Pick<KnownPbxs, 'list'>, histories: Histories) {
  const forgettings = createForgettings(pool);
  const personOf = async (id: number): Promise<Person> => {
    const { accountId, phone } = (await forgettings.find(id)) ?? {};
    const key = phone && keyOfPerson(phone);
    if (!accountId || !key) throw ApplicationFailure.nonRetryable('Nothing is known of it any more.', 'ForgettingGone');
    const pbxIds = await pbxIdsOf(pool, pbxs, accountId);
    return { key, accountId, pbxIds, data: createPersonalData(pool, redis, accountId, pbxIds, key) };
  };
  const callsOf = async (id: number, { data }: Person) => forgettings.callsOf(id, () => data.calls());

  return {
    async noteWhatToForget(id: number): Promise<void> {
      await callsOf(id, await personOf(id));
    },

    /** Before the clicks go, by which their workflows are found. */
    async forgetHistories(id: number): Promise<Pick<Forgotten, 'histories' | 'running'>> {
      const person = await personOf(id);
      const calls = await callsOf(id, person);
      const { key, accountId, pbxIds, data } = person;
      const clicks = await data.clicks(calls);
      return histories.forget({ accountId, pbxIds, calls, clicks, key, withoutEntry: data.withoutEntry });
    },

    async forgetInStore(id: number): Promise<Omit<Forgotten, 'histories' | 'running'>> {
      return (await personOf(id)).data.forget();
    },

    closeForgetting: (id: number, result: Forgotten): Promise<void> => forgettings.close(id, result),
  };
}

/** Also PBXs that were removed: their calls are still there. */
export async function pbxIdsOf(pool: Pool, pbxs: Pick<KnownPbxs, 'list'>, accountId: string): Promise<string[]> {
  const [owned] = await pool.query<never[]>('SELECT pbx_id FROM pbx_owners WHERE account_id = ?', [accountId]);
  const known = (await pbxs.list()).filter((pbx) => pbx.accountId === accountId).map(({ id }) => id);
  return [...new Set([...known, ...(owned as { pbx_id: string }[]).map((row) => row.pbx_id)])];
}
