import { type Campaign, faultKinds, planOf } from './plan.ts';

const campaign: Campaign = { seed: 7, seconds: 280, perSecond: 5, faultEverySeconds: 10 };

it('one seed is one plan, another another', () => {
  expect(planOf(campaign)).toEqual(planOf(campaign));
  expect(planOf({ ...campaign, seed: 8 })).not.toEqual(planOf(campaign));
});

it('everything that can happen happens as often as anything else', () => {
  const kinds = planOf(campaign).map(({ kind }) => kind);
  for (const kind of faultKinds) expect(kinds.filter((one) => one === kind)).toHaveLength(2);
});
