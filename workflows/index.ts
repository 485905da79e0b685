export { amocrmToken } from './amocrm-token/workflow.ts';
export { call } from './call/workflow.ts';
