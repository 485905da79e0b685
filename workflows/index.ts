export { call } from './call/workflow.ts';
