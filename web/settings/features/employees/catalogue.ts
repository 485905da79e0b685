import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../app/api.ts';

const pathOf = (account: string) => ({ params: { path: { account } } });

/** Who works in the account and which pipelines it has, as amoCRM said last. */
export const catalogueQuery = (account: string) => ({
  queryKey: ['catalogue', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/catalogue', pathOf(account))),
});

/** Asks amoCRM anew. */
export function useRenewCatalogue(account: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/accounts/{account}/catalogue', pathOf(account))),
    onSuccess: (catalogue) => queries.setQueryData(catalogueQuery(account).queryKey, catalogue),
  });
}
