import { amocrmTokenWorkflowId } from '../../workflows/amocrm-token/contract.ts';
import { callWorkflowId } from '../../workflows/call/contract.ts';
import { clickWorkflowId } from '../../workflows/click-to-call/contract.ts';
import { webhookWorkflowId } from '../../workflows/webhook/contract.ts';
import { aboutWorkflow } from './about.ts';

const about = aboutWorkflow((pbxId) => (pbxId === 'main' ? 'acme.amocrm.ru' : undefined));
const [account, linkedid] = ['127.0.0.1:8080', 'pbx-7-1700000000.12'];

it.each([
  [callWorkflowId('main', linkedid), { account: 'acme.amocrm.ru', pbx: 'main', linkedid }],
  [callWorkflowId('branch', linkedid, 3), { pbx: 'branch', linkedid }],
  [clickWorkflowId({ accountId: account, userId: 7, requestId: '3f2504e0-4f89-11d3-9a0c-0305e82c3301' }), { account }],
  [webhookWorkflowId(account, 'd'.repeat(32)), { account }],
  [amocrmTokenWorkflowId(account), { account }],
  ['licence:abc', {}],
  ['something', {}],
  [undefined, {}],
])('%s', (workflowId, expected) => {
  expect(about(workflowId)).toEqual(expected);
});
