import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

const pathOf = (account: string) => ({ params: { path: { account } } });

/** Who works in the account and which pipelines it has, as amoCRM said last. */
export const catalogueQuery = (account: string) => ({
  queryKey: ['catalogue', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/catalogue', pathOf(account))),
});

/** The same, asked for by itself if nobody has ever asked. @param mayAsk who is here may ask amoCRM */
export function useCatalogue(account: string, mayAsk: boolean) {
  const catalogue = useQuery(catalogueQuery(account));
  const renew = useRenewCatalogue(account);
  const wasNeverRead = catalogue.data?.pipelines === null;
  const { mutate: ask } = renew;
  useEffect(() => {
    if (wasNeverRead && mayAsk) ask();
  }, [wasNeverRead, mayAsk, ask]);
  return { catalogue, renew };
}

/** Asks amoCRM anew. */
export function useRenewCatalogue(account: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/accounts/{account}/catalogue', pathOf(account))),
    onSuccess(catalogue) {
      queries.setQueryData(catalogueQuery(account).queryKey, catalogue);
      for (const toldOfPeople of ['employees', 'calling']) {
        void queries.invalidateQueries({ queryKey: [toldOfPeople, account] });
      }
    },
  });
}
