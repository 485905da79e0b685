import type { paths } from '../../../proto/generated/licensing.ts';
import { createApi } from '../../kit/api.ts';

/** The licensing server's API for its own pages. */
export const api = createApi<paths>();

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type Overview = Answer<'/api/overview'>;
export type CustomerAnswer = Answer<'/api/customers/{id}'>;
export type Customer = CustomerAnswer['customer'];
export type Purchase = CustomerAnswer['purchases'][number];
export type RefusedAttempt = Answer<'/api/purchases/{id}'>['refusedAttempts'][number];
export type Plan = Answer<'/api/plans'>[number];
export type Trial = Answer<'/api/trials'>['trials'][number];
export type Partner = Answer<'/api/partners'>[number];
export type SeenInstallation = Answer<'/api/installations'>['installations'][number];
export type HistoryRow = Answer<'/api/history'>[number];
export type User = Answer<'/api/users'>[number];
export type Role = User['role'];
