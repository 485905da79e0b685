export { conclude, mainCall } from './conclude.ts';
export { addRows, type CallFacts, noFacts } from './facts.ts';
export { endOpenCalls } from './open-end.ts';
