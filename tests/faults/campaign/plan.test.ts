import { type Campaign, callersOf, clicksOf, clientsOf, faultKindsOn, planOf, quietCallersOf } from './plan.ts';

const faultKinds = faultKindsOn.postgres;
const campaign: Campaign = {
  ...{ seed: 7, seconds: 20 * faultKinds.length, perSecond: 5, callsOfNumber: 3 },
  ...{ clickEverySeconds: 3, faultEverySeconds: 10 },
};

const firstOf = <T>(all: Generator<T, never>): T[] => Array.from({ length: 200 }, () => all.next().value);
const planned = (of: Campaign) => ({
  faults: planOf(of, faultKinds),
  clients: clientsOf(of),
  callers: firstOf(callersOf(of)),
  clicks: firstOf(clicksOf(of)),
});

it('one seed is one plan with the same people, another another', () => {
  const plan = planned(campaign);
  expect(planned(campaign)).toEqual(plan);
  const other = planned({ ...campaign, seed: 8 });
  for (const part of ['faults', 'clients', 'callers', 'clicks'] as const) expect(other[part]).not.toEqual(plan[part]);
});

it('everything that can happen happens as often as anything else', () => {
  const kinds = planOf(campaign, faultKinds).map(({ kind }) => kind);
  for (const kind of faultKinds) expect(kinds.filter((one) => one === kind)).toHaveLength(2);
});

it('PostgreSQL dies where there is one', () => {
  const kinds = planOf(campaign, faultKindsOn['dev-server']).map(({ kind }) => kind);
  expect([faultKinds.includes('postgres-killed'), kinds.includes('postgres-killed')]).toEqual([true, false]);
});

it('nobody is clicked on twice, and nobody who is clicked on, or calls in quiet, calls else', () => {
  const { clients, clicks } = planned(campaign);
  const phones = [...clients, ...clicks, ...quietCallersOf(campaign)].map(({ phone }) => phone);
  expect(new Set(phones).size).toBe(phones.length);
});
