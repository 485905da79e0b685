import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AlertDestination } from '../../../../proto/alerts/settings.ts';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

export type Delivery =
  paths['/api/accounts/{account}/alerts']['get']['responses'][200]['content']['application/json'][number];
export type SecretKind = 'email' | 'telegram' | 'webhook';

const pathOf = (account: string) => ({ params: { path: { account } } });
const everyMs = 15_000;

/** What became of the last alerts, by where they went. */
export const deliveriesQuery = (account: string) => ({
  queryKey: ['alerts', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/alerts', pathOf(account))),
  refetchInterval: everyMs,
});

/** Sends a test there, also before it is saved. */
export function useTestDestination(account: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (destination: AlertDestination) =>
      bodyOf(api.POST('/api/accounts/{account}/alerts/test', { ...pathOf(account), body: { destination } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alerts', account] }),
  });
}

/** Keeps a secret encrypted. @returns by what settings name it */
export async function keepSecret(account: string, kind: SecretKind, secret: string): Promise<string> {
  const answer = api.POST('/api/accounts/{account}/alerts/secrets', { ...pathOf(account), body: { kind, secret } });
  return (await bodyOf(answer)).secretRef;
}
