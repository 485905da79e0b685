import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

type TryPath = paths['/api/accounts/{account}/pbxs/{pbx}/routing/try'];
export type Question = NonNullable<TryPath['post']['requestBody']>['content']['application/json'];
export type Trial = TryPath['post']['responses'][200]['content']['application/json'];

const pathOf = (account: string, pbx: string) => ({ params: { path: { account, pbx } } });

/** Where a PBX asks, and by which key it is known. */
export const accessQuery = (account: string, pbx: string) => ({
  queryKey: ['routing', account, pbx],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/pbxs/{pbx}/routing', pathOf(account, pbx))),
});

/** A new key; the one before holds no more. */
export function useRenewKey(account: string, pbx: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/accounts/{account}/pbxs/{pbx}/routing/key', pathOf(account, pbx))),
    onSuccess: (access) => queries.setQueryData(accessQuery(account, pbx).queryKey, access),
  });
}

/** What a PBX would be answered. */
export function useTry(account: string, pbx: string) {
  return useMutation({
    mutationFn: (body: Question) =>
      bodyOf(api.POST('/api/accounts/{account}/pbxs/{pbx}/routing/try', { ...pathOf(account, pbx), body })),
  });
}
