import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { CardsAtOnce } from '../../activities/amocrm/show-cards.ts';
import type { About } from '../../runtime/monitoring/logger.ts';
import type { AboutWorkflow } from '../temporal/about.ts';

/** What was done in amoCRM stands in the log for each call by itself: one request may serve several. */
export const tellDone =
  (logger: Logger, about: AboutWorkflow): ActivityInterceptorsFactory =>
  ({ info: { activityType: activity, workflowExecution, scheduledTimestampMs, attempt } }) => ({
    inbound: {
      async execute(input, next) {
        const result = await next(input);
        if (isToGoOn(result)) return result;
        const { accountId: account } = input.args[0] as { accountId: string };
        const line: About = { ...about(workflowExecution?.workflowId), account };
        logger.info({ ...line, activity, attempt, tookMs: Date.now() - scheduledTimestampMs }, 'done in amoCRM');
        return result;
      },
    },
  });

/** What was tried at once and has to be gone on with is not done yet. */
const isToGoOn = (result: unknown): boolean => (result as Partial<CardsAtOnce> | undefined)?.hasMore === true;
