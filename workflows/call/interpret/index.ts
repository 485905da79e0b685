export { conclude } from './conclude.ts';
export { addRows, type CallFacts, isAnybodyThere, noFacts } from './facts.ts';
