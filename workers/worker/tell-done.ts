import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Logger } from 'pino';
import { areShownAtOnce, type CardsAtOnce } from '../../activities/amocrm/cards-at-once.ts';
import type { About } from '../../runtime/monitoring/logger.ts';
import type { AboutWorkflow } from '../temporal/about.ts';

/** What was done in amoCRM stands in the log for each call by itself: one request may serve several. */
export const tellDone =
  (logger: Logger, about: AboutWorkflow): ActivityInterceptorsFactory =>
  ({ info: { activityType: activity, workflowExecution, scheduledTimestampMs, attempt } }) => ({
    inbound: {
      async execute(input, next) {
        const result = await next(input);
        if (activity === 'showCardsAtOnce' && !areShownAtOnce(result as CardsAtOnce)) return result;
        const { accountId: account } = input.args[0] as { accountId: string };
        const line: About = { ...about(workflowExecution?.workflowId), account };
        logger.info({ ...line, activity, attempt, tookMs: Date.now() - scheduledTimestampMs }, 'done in amoCRM');
        return result;
      },
    },
  });
