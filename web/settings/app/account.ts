import { useSuspenseQuery } from '@tanstack/react-query';
import { useRoute } from 'wouter';
import type { paths } from '../../../proto/generated/api.ts';
import { bodyOf } from '../../kit/api.ts';
import { api } from './api.ts';

export type Account = paths['/api/accounts']['get']['responses'][200]['content']['application/json'][number];

const accountsQuery = { queryKey: ['accounts'], queryFn: () => bodyOf(api.GET('/api/accounts')) };

/** The account whose pages are shown: of the address, else the first; undefined if there is none for this person. */
export function useAccount() {
  const [, params] = useRoute('/accounts/:account/*?');
  const { data: accounts } = useSuspenseQuery(accountsQuery);
  const wanted = params?.account && decodeURIComponent(params.account);
  return {
    accounts,
    account: accounts.find(({ id }) => id === wanted) ?? (wanted === undefined ? accounts[0] : undefined),
  };
}

export const addressOf = (account: string, page: string): string => `/accounts/${encodeURIComponent(account)}/${page}`;
