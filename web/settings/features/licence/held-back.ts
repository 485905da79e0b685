import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

const lookEveryMs = 3_000;

/** Calls of an account that were not registered for want of a licence. */
export function useHeldBack(account: string) {
  return useQuery({
    queryKey: ['held-back', account],
    queryFn: () => bodyOf(api.GET('/api/accounts/{account}/held-back', { params: { path: { account } } })),
    refetchInterval: ({ state }) => (state.data?.isUnderWay ? lookEveryMs : false),
  });
}

export function useMakeUp(account: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/accounts/{account}/held-back', { params: { path: { account } } })),
    onSuccess: (answer) => queries.setQueryData(['held-back', account], answer),
  });
}
