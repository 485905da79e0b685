export { conclude } from './conclude.ts';
export { addRows, type CallFacts, noFacts } from './facts.ts';
