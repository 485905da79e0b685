import { createHash } from 'node:crypto';
import { type Client, WorkflowIdReusePolicy } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { isWebhookSecret } from '../../activities/store/webhook-address.ts';
import { callsTaskQueue } from '../../workflows/call/contract.ts';
import { type WebhookInput, webhookWorkflowId, webhookWorkflowType } from '../../workflows/webhook/contract.ts';
import { ApiError } from '../errors.ts';
import type { ApiTools } from '../tools.ts';
import { readWebhook } from './read-webhook.ts';

const Address = Type.Object({
  account: Type.String({ minLength: 1, maxLength: 100 }),
  secret: Type.String({ minLength: 1, maxLength: 100 }),
});

/** amoCRM waits 2 s for an answer (contract 8.4). */
const startTimeoutMs = 1_500;

/**
 * Where amoCRM sends what has changed. It signs nothing: the address holds a secret, and what comes is but a hint. A
 * delivery is answered when Temporal has it; if that fails amoCRM sends it again.
 */
export function serveWebhooks(app: FastifyInstance, { accounts, secrets, temporal }: ApiTools): void {
  app.register(async (webhooks) => {
    webhooks.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
      done(null, body),
    );
    webhooks.post<{ Params: Static<typeof Address> }>(
      '/webhooks/amocrm/:account/:secret',
      { schema: { params: Address } },
      async (request, reply) => {
        const { account: accountId, secret } = request.params;
        const account = await accounts.find(accountId);
        if (!account || !(await isWebhookSecret(secrets, accountId, secret))) throw new ApiError(404, 'not-found');
        if (typeof request.body !== 'string') throw new ApiError(400, 'bad-request');
        const { amocrmId, changes } = readWebhook(request.body);
        const isAnothers = account.amocrmId !== null && amocrmId !== undefined && account.amocrmId !== amocrmId;
        if (isAnothers) throw new ApiError(403, 'wrong-account');
        if (changes.length > 0) await hand(temporal, { accountId, changes }, request.body);
        return reply.send({});
      },
    );
  });
}

/** The same delivery once more is known by what it says. */
async function hand(temporal: Client, input: WebhookInput, body: string): Promise<void> {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 32);
  const start = () =>
    temporal.workflow.start(webhookWorkflowType, {
      workflowId: webhookWorkflowId(input.accountId, digest),
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      taskQueue: callsTaskQueue,
      staticSummary: `amoCRM: ${input.changes.length} changed`,
      args: [input],
    });
  try {
    await temporal.withDeadline(Date.now() + startTimeoutMs, start);
  } catch (error) {
    if ((error as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw error;
  }
}
