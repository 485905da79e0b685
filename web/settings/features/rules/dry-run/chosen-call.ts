import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { paths } from '../../../../../proto/generated/api.ts';
import type { Case } from '../../../../../workflows/call/decide/case.ts';
import { bodyOf } from '../../../../kit/api.ts';
import { api } from '../../../app/api.ts';
import type { CallName } from '../../journal/calls.ts';
import { type Assumption, aboutAs } from './assumption.ts';

type CasePath = paths['/api/accounts/{account}/calls/{pbx}/{linkedid}/case']['get'];
type CaseAnswer = CasePath['responses'][200]['content']['application/json'];

/** The call on which rules are tried and texts are shown. */
export interface ChosenCall {
  /** Stands in the page's address. */
  name: CallName | undefined;
  choose(name: CallName | undefined): void;
  query: UseQueryResult<CaseAnswer>;
  /** With what is assumed of its client; undefined until it is there. */
  case: Case | undefined;
  assume(assumption: Assumption): void;
}

export function useChosenCall(accountId: string): ChosenCall {
  const [search, setSearch] = useSearchParams();
  const [assumed, setAssumed] = useState<{ of: string; assumption: Assumption }>();
  const pbx = search.get('pbx');
  const linkedid = search.get('linkedid');
  const name = pbx !== null && linkedid !== null ? { pbx, linkedid } : undefined;
  const key = JSON.stringify(name);
  const query = useQuery({
    // a new version of the settings makes it old
    queryKey: ['settings', accountId, 'case', name],
    queryFn: () =>
      bodyOf(
        api.GET('/api/accounts/{account}/calls/{pbx}/{linkedid}/case', {
          params: { path: { account: accountId, pbx: name?.pbx ?? '', linkedid: name?.linkedid ?? '' } },
        }),
      ),
    enabled: name !== undefined,
  });
  const assumption = assumed && assumed.of === key ? assumed.assumption : undefined;
  return {
    name,
    choose: (chosen) => setSearch(chosen ? { ...chosen } : {}, { replace: true }),
    query,
    case: query.data && { ...query.data, about: aboutAs(query.data.about, assumption) },
    assume: (said) => setAssumed({ of: key, assumption: said }),
  };
}
