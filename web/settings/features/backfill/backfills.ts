import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BackfillCommand, type BackfillOrder, type BackfillOutcome, isOpen } from '../../../../proto/backfill.ts';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { addressOf } from '../../app/account.ts';
import { api } from '../../app/api.ts';

type OnePath = paths['/api/accounts/{account}/backfills/{backfill}']['get'];
type CallsPath = paths['/api/accounts/{account}/backfills/{backfill}/calls']['get'];
export type Backfill = OnePath['responses'][200]['content']['application/json'];
export type BackfillCall = CallsPath['responses'][200]['content']['application/json']['calls'][number];

/** So often one that is open is looked at. */
const lookEveryMs = 2_000;

/** Newest first. */
export const backfillsQuery = (account: string) => ({
  queryKey: ['backfills', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/backfills', { params: { path: { account } } })),
  refetchInterval: ({ state: { data } }: { state: { data: Backfill[] | undefined } }) =>
    data?.some(({ state }) => isOpen(state)) ? lookEveryMs : (false as const),
});

export const backfillQuery = (account: string, backfill: string) => ({
  queryKey: ['backfills', account, backfill],
  queryFn: () =>
    bodyOf(api.GET('/api/accounts/{account}/backfills/{backfill}', { params: { path: { account, backfill } } })),
  refetchInterval: ({ state: { data } }: { state: { data: Backfill | undefined } }) =>
    data && isOpen(data.state) ? lookEveryMs : (false as const),
});

/** Its calls page by page, oldest first. @param outcome only those; undefined: all */
export const useCallsOf = (account: string, { id, state }: Backfill, outcome: BackfillOutcome | undefined) =>
  useInfiniteQuery({
    queryKey: ['backfills', account, String(id), 'calls', outcome, isOpen(state)],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/accounts/{account}/backfills/{backfill}/calls', {
          params: {
            path: { account, backfill: String(id) },
            query: { ...(outcome && { outcome }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    refetchInterval: isOpen(state) ? lookEveryMs : false,
    placeholderData: keepPreviousData,
    getNextPageParam: ({ laterCursor }) => laterCursor,
  });

/** Begins one. */
export function useBegin(account: string, onBegun: (backfill: Backfill) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ pbxId: pbx, ...body }: BackfillOrder) =>
      bodyOf(api.POST('/api/accounts/{account}/pbxs/{pbx}/backfills', { params: { path: { account, pbx } }, body })),
    onSuccess(begun) {
      void queries.invalidateQueries({ queryKey: ['backfills', account] });
      onBegun(begun);
    },
  });
}

/** Lets one pause, go on, or end. */
export function useCommand(account: string, { id, state }: Backfill) {
  const queries = useQueryClient();
  const command = useMutation({
    mutationFn: (word: BackfillCommand) =>
      bodyOf(
        api.POST('/api/accounts/{account}/backfills/{backfill}/command', {
          params: { path: { account, backfill: String(id) } },
          body: { command: word },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['backfills', account] }),
  });
  // it is open until the calls in hand are done
  return { command, isStopping: command.isSuccess && command.variables === 'cancel' && isOpen(state) };
}

export const backfillAddress = (account: string, id: number): string => addressOf(account, `backfill/${id}`);
