import { useQuery } from '@tanstack/react-query';
import { bodyOf } from '../../kit/api.ts';
import { useWords } from '../../kit/language.tsx';
import { api } from '../app/api.ts';
import { purchaseTexts } from './purchase-words.ts';

/** They change with an upgrade of the server. */
export const plansQuery = {
  queryKey: ['plans'],
  queryFn: () => bodyOf(api.GET('/api/plans')),
  staleTime: 600_000,
};

/** How a plan is called. */
export function usePlanName(): (planId: string) => string {
  const { plan: nameOf } = useWords(purchaseTexts);
  const { data: plans } = useQuery(plansQuery);
  return (planId) => {
    const plan = plans?.find(({ id }) => id === planId);
    return plan ? nameOf(plan) : planId;
  };
}
