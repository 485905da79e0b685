import type { paths } from '../../../../proto/generated/licensing.ts';
import { bodyOf } from '../../../kit/api.ts';
import { api } from '../../app/api.ts';

export type CustomerDescription = NonNullable<
  paths['/api/customers']['post']['requestBody']
>['content']['application/json'];

export const customersQuery = (search: string, page: number) => ({
  queryKey: ['customers', search, page],
  queryFn: () =>
    bodyOf(api.GET('/api/customers', { params: { query: { ...(search && { search }), ...(page > 1 && { page }) } } })),
});

/** A customer with purchases and trials. */
export const customerQuery = (id: number) => ({
  queryKey: ['customer', id],
  queryFn: () => bodyOf(api.GET('/api/customers/{id}', { params: { path: { id } } })),
});

export const partnersQuery = { queryKey: ['partners'], queryFn: () => bodyOf(api.GET('/api/partners')) };
