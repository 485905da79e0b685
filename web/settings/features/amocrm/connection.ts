import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

type ConnectionPath = paths['/api/accounts/{account}/amocrm'];
export type Connection = ConnectionPath['get']['responses'][200]['content']['application/json'];
export type NewAccount = NonNullable<paths['/api/accounts']['post']['requestBody']>['content']['application/json'];
export type NewIntegration = Omit<NewAccount, 'address'>;

const pathOf = (account: string) => ({ params: { path: { account } } });

/** Of this installation, as it has to stand in an integration. */
export const redirectUriQuery = {
  queryKey: ['redirect-uri'],
  queryFn: () => bodyOf(api.GET('/api/redirect-uri')),
};

/** amoCRM may withdraw the access, or somebody else give it, while the page is looked at. */
const changesAfterMs = 3_000;

/** How the account is connected. */
export const connectionQuery = (account: string) => ({
  queryKey: ['connection', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/amocrm', pathOf(account))),
  refetchInterval: changesAfterMs,
});

const lookAgainMs = 1_000;

/** What comes of a permission that was just given; asked for until it is known. */
export const permissionQuery = (account: string, permission: string) => ({
  queryKey: ['permission', account, permission],
  queryFn: () =>
    bodyOf(
      api.GET('/api/accounts/{account}/amocrm/permissions/{permission}', { params: { path: { account, permission } } }),
    ),
  refetchInterval: ({ state }: { state: { data?: { result: string } | undefined } }) =>
    state.data?.result === 'waiting' ? lookAgainMs : (false as const),
});

/** To be called when something about the connection has changed. */
export function useNewConnection(account: string): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['connection', account] });
    await queries.invalidateQueries({ queryKey: ['accounts'] });
  };
}

/** Leads to amoCRM's page of permission. */
export function useConnect(account: string) {
  return useMutation({
    async mutationFn() {
      const { link } = await bodyOf(api.POST('/api/accounts/{account}/amocrm/link', pathOf(account)));
      window.location.assign(link);
    },
  });
}

/** What else an administrator does about a connection. */
export function useConnectionAct(account: string, act: 'accept' | 'disconnect' | 'resume') {
  const refresh = useNewConnection(account);
  return useMutation({
    mutationFn: () => bodyOf(api.POST(`/api/accounts/{account}/amocrm/${act}`, pathOf(account))),
    onSuccess: refresh,
  });
}

export function useSetIntegration(account: string, onSaved: () => void) {
  const refresh = useNewConnection(account);
  return useMutation({
    mutationFn: (body: NewIntegration) =>
      bodyOf(api.PUT('/api/accounts/{account}/amocrm/integration', { ...pathOf(account), body })),
    async onSuccess() {
      await refresh();
      onSaved();
    },
  });
}

export function useAddAccount(onAdded: (id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAccount) => bodyOf(api.POST('/api/accounts', { body })),
    async onSuccess({ id }) {
      await queries.invalidateQueries({ queryKey: ['accounts'] });
      onAdded(id);
    },
  });
}
