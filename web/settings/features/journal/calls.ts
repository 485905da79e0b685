import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { addressOf } from '../../app/account.ts';
import { api } from '../../app/api.ts';

type ListPath = paths['/api/accounts/{account}/calls']['get'];
type CallPath = paths['/api/accounts/{account}/calls/{pbx}/{linkedid}']['get'];
export type CallQuery = NonNullable<ListPath['parameters']['query']>;
export type CallRow = ListPath['responses'][200]['content']['application/json']['calls'][number];
export type CallAnswer = CallPath['responses'][200]['content']['application/json'];
type RowsPath = paths['/api/accounts/{account}/calls/{pbx}/{linkedid}/rows']['get'];
export type CallRows = RowsPath['responses'][200]['content']['application/json'];
export type RegistrationState = CallRow['registration'];

/** A call's name within its account. */
export interface CallName {
  pbx: string;
  linkedid: string;
}

/** Page by page, newest first. */
export function useCalls(account: string, query: CallQuery) {
  return useInfiniteQuery({
    queryKey: ['calls', account, query],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/accounts/{account}/calls', {
          params: { path: { account }, query: { ...query, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    staleTime: 0, // whoever comes here looks for the call that has just ended
    placeholderData: keepPreviousData,
    getNextPageParam: ({ olderCursor }) => olderCursor,
  });
}

const pathOf = (account: string, { pbx, linkedid }: CallName) => ({ params: { path: { account, pbx, linkedid } } });

export const callQuery = (account: string, name: CallName) => ({
  queryKey: ['call', account, name],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/calls/{pbx}/{linkedid}', pathOf(account, name))),
});

/** The rows of the PBX that led to a call. */
export const rowsQuery = (account: string, name: CallName) => ({
  queryKey: ['call', account, name, 'rows'],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/calls/{pbx}/{linkedid}/rows', pathOf(account, name))),
});

/** How often a call that is being registered is looked at. */
const followEveryMs = 5_000;

/** @param refetchEveryMs while somebody waits for a change */
export const useCall = (account: string, name: CallName, refetchEveryMs: number | false) =>
  useQuery({
    ...callQuery(account, name),
    refetchInterval: ({ state: { data } }) =>
      refetchEveryMs || (data?.registration.state === 'pending' && followEveryMs),
  });

export const doAgain = (account: string, name: CallName) =>
  bodyOf(api.POST('/api/accounts/{account}/calls/{pbx}/{linkedid}/again', pathOf(account, name)));

/** @param search of the list from which one comes: it is kept on the way there and back */
export function callAddress(account: string, { pbx, linkedid }: CallName, search: string): string {
  const address = addressOf(account, `journal/${encodeURIComponent(pbx)}/${encodeURIComponent(linkedid)}`);
  return search === '' ? address : `${address}?${search}`;
}
