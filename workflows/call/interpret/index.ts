export { conclude, mainCall } from './conclude.ts';
export { type Bar, type Explanation, explain } from './explain.ts';
export { addRows, type CallFacts, forgetCall, isAnybodyThere, noFacts } from './facts.ts';
export { channelsBegunElsewhere, channelsGoneElsewhere, goesOn, oldestLinkedid } from './joins.ts';
export { endOpenCalls } from './open-end.ts';
export { newPhases, type Phase, phasesOf } from './phases.ts';
