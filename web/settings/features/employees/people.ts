import { useQuery } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

type PeoplePath = paths['/api/accounts/{account}/employees']['get'];
/** Who has a phone: of a head's people only. */
export type Person = PeoplePath['responses'][200]['content']['application/json'][number];

export function usePeople(account: string) {
  return useQuery({
    queryKey: ['employees', account],
    // nobody is known until amoCRM was asked, which the first call sees to
    refetchInterval: ({ state: { data } }) => (data && data.length > 0 ? 300_000 : 5_000),
    queryFn: () => bodyOf(api.GET('/api/accounts/{account}/employees', { params: { path: { account } } })),
  });
}

/** `101 Anna`; the extension alone where nobody is known by it. */
export function personName(extension: string, people: readonly Person[] = []): string {
  const name = people.find((person) => person.extension === extension)?.name;
  return name ? `${extension} ${name}` : extension;
}
