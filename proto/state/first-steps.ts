import { type Static, Type } from 'typebox';
import type { KeptFacts } from './facts.ts';

/** What leads from a new installation to the first card, in this order. */
export const FirstStep = Type.Object({
  step: Type.Enum(['connect-amocrm', 'connect-pbx', 'map-employees', 'first-call', 'first-card']),
  isDone: Type.Boolean(),
});
export type FirstStep = Static<typeof FirstStep>;

export function firstSteps({ amocrm, pbxs, employees }: KeptFacts): FirstStep[] {
  return [
    { step: 'connect-amocrm', isDone: amocrm.state === 'connected' },
    { step: 'connect-pbx', isDone: pbxs.some(({ reading }) => reading !== undefined && reading.trouble === null) },
    { step: 'map-employees', isDone: (employees ?? 0) > 0 },
    { step: 'first-call', isDone: pbxs.some(({ calls }) => calls.lastStartedAtMs !== null) },
    { step: 'first-card', isDone: amocrm.hasShownCard },
  ];
}
