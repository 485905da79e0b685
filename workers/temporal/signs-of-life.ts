import { Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

const everyMs = 2_000;

/**
 * A running activity says so all the time: when its process dies, another takes over within seconds, not minutes. What
 * an earlier attempt has left for the next stays.
 */
export const signsOfLife: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      const context = Context.current();
      if (context.info.isLocal) return next(input); // a part of its workflow's task, which tells for it
      const timer = setInterval(() => context.heartbeat(context.info.heartbeatDetails), everyMs);
      try {
        return await next(input);
      } finally {
        clearInterval(timer);
      }
    },
  },
});
