export { account } from './account/workflow.ts';
export { alerts } from './alerts/workflow.ts';
export { amocrmToken } from './amocrm-token/workflow.ts';
export { call } from './call/workflow.ts';
export { clickToCall } from './click-to-call/workflow.ts';
export { clients } from './clients/workflow.ts';
export { licence } from './licence/workflow.ts';
export { webhook } from './webhook/workflow.ts';
