import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

export type AccountState =
  paths['/api/accounts/{account}/state']['get']['responses'][200]['content']['application/json'];

const pathOf = (account: string) => ({ params: { path: { account } } });

/** How the account stands. @param everyMs how often it is looked at anew */
export const stateQuery = (account: string, everyMs: number) => ({
  queryKey: ['state', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/state', pathOf(account))),
  refetchInterval: everyMs,
});
