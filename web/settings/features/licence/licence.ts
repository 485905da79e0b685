import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

export type LicenceAnswer = paths['/api/licence']['get']['responses'][200]['content']['application/json'];
export type SignedPermit = NonNullable<
  paths['/api/licence/permit']['post']['requestBody']
>['content']['application/json'];

const lookAgainMs = 60_000;

/** How this installation stands with its licence. */
export const licenceQuery = {
  queryKey: ['licence'],
  queryFn: () => bodyOf(api.GET('/api/licence')),
  refetchInterval: lookAgainMs,
};

/** A talk with the licensing server. Also one that went wrong has told something new. */
function useTalk<Variables>(talk: (variables: Variables) => Promise<LicenceAnswer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: talk,
    onSuccess: (licence) => queries.setQueryData(licenceQuery.queryKey, licence),
    onError: () => queries.invalidateQueries({ queryKey: licenceQuery.queryKey }),
  });
}

export const useEnterKey = () =>
  useTalk((key: string) => bodyOf(api.POST('/api/licence/key', { body: { key } })) as Promise<LicenceAnswer>);

export const useCheckNow = () => useTalk(() => bodyOf(api.POST('/api/licence/check')) as Promise<LicenceAnswer>);

export const useRelease = () => useTalk(() => bodyOf(api.POST('/api/licence/release')) as Promise<LicenceAnswer>);

/** What is carried to the licensing server as a file. @returns its text */
export const useRequestFile = () =>
  useMutation({
    async mutationFn(key: string | undefined) {
      const request = await bodyOf(api.POST('/api/licence/request', { body: key === undefined ? {} : { key } }));
      return `${JSON.stringify(request, null, 2)}\n`;
    },
  });

export function useTakePermit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SignedPermit) => bodyOf(api.POST('/api/licence/permit', { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: licenceQuery.queryKey }),
  });
}
