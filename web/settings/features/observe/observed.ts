import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import type { ComparisonOutcome } from '../../../../proto/journal.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

type ListPath = paths['/api/accounts/{account}/observed/calls']['get'];
export type ObservedCall = ListPath['responses'][200]['content']['application/json']['calls'][number];

/** ms UTC; `toMs` is not in it. */
export interface Period {
  fromMs?: number;
  toMs?: number;
}

export const totalsQuery = (account: string, period: Period) => ({
  queryKey: ['observed', account, period],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/observed', { params: { path: { account }, query: period } })),
});

/** Page by page, newest first. */
export const useObservedCalls = (account: string, period: Period, comparison: ComparisonOutcome) =>
  useInfiniteQuery({
    queryKey: ['observed', account, period, comparison],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/accounts/{account}/observed/calls', {
          params: { path: { account }, query: { ...period, comparison, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    placeholderData: keepPreviousData,
    getNextPageParam: ({ olderCursor }) => olderCursor,
  });
