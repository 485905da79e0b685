import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { paths } from '../../../../proto/generated/api.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';
import type { Period } from './period.ts';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer A } } } };
}
  ? A
  : never;
export type CallsReport = Answer<'/api/accounts/{account}/reports/calls'>;
export type MissedReport = Answer<'/api/accounts/{account}/reports/missed'>;
export type Spread = MissedReport['timeToCallBack'];

/** Who waits to be called back is seen without asking for it. */
const lookAgainMs = 15_000;

const askFor = (account: string, { pbx, from, to }: Period) => ({
  params: { path: { account }, query: { from, to, ...(pbx !== '' && { pbx }) } },
});
const shared = { placeholderData: keepPreviousData };

export const useCallsReport = (account: string, period: Period) =>
  useQuery({
    ...shared,
    queryKey: ['reports', 'calls', account, period],
    queryFn: () => bodyOf(api.GET('/api/accounts/{account}/reports/calls', askFor(account, period))),
  });

export const useEmployeesReport = (account: string, period: Period) =>
  useQuery({
    ...shared,
    queryKey: ['reports', 'employees', account, period],
    queryFn: () => bodyOf(api.GET('/api/accounts/{account}/reports/employees', askFor(account, period))),
  });

export const useDidsReport = (account: string, period: Period) =>
  useQuery({
    ...shared,
    queryKey: ['reports', 'dids', account, period],
    queryFn: () => bodyOf(api.GET('/api/accounts/{account}/reports/dids', askFor(account, period))),
  });

export const useMissedReport = (account: string, period: Period) =>
  useQuery({
    ...shared,
    queryKey: ['reports', 'missed', account, period],
    queryFn: () => bodyOf(api.GET('/api/accounts/{account}/reports/missed', askFor(account, period))),
    refetchInterval: lookAgainMs,
  });
