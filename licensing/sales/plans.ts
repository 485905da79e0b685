import type { RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { Feature } from '../../proto/licence/feature.ts';
import { nullable } from '../../proto/nullable.ts';
import { ApiError } from '../errors.ts';
import { type Queries, readJson } from '../store/mysql.ts';

export const Plan = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['free', 'trial', 'paid']),
  nameRu: Type.String(),
  nameEn: Type.String(),
  seats: Type.Integer(),
  features: Type.Array(Feature),
  /** null: without an end. */
  termDays: nullable(Type.Integer()),
});
export type Plan = Static<typeof Plan>;

export async function listPlans(queries: Queries): Promise<Plan[]> {
  const [rows] = await queries.query<RowDataPacket[]>('SELECT * FROM plans ORDER BY kind, id');
  return rows.map(({ id, kind, name_ru, name_en, seats, features, term_days }) => ({
    ...{ id, kind, nameRu: name_ru, nameEn: name_en, seats, termDays: term_days },
    features: readJson(features) as Feature[],
  }));
}

/** A trial is begun, never sold. @throws ApiError */
export async function planToSell(queries: Queries, id: string): Promise<Plan> {
  const plan = (await listPlans(queries)).find((one) => one.id === id && one.kind !== 'trial');
  if (!plan) throw new ApiError(409, 'plan-unknown');
  return plan;
}
