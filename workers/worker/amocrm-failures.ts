import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { AmocrmError } from '../../activities/amocrm/errors.ts';

/** Trouble that belongs to a normal day and needs no alarm. */
const benign = new Set(['RateLimited', 'RequestUnderWay']);

const alarming = new Set([
  'Blocked',
  'NotConnected',
  'TokenRefused',
  'AccountUnpaid',
  'Moved',
  'Forbidden',
  'EmployeesUnknown',
  'Uncertain',
]);

/**
 * Tells Temporal in its own terms what an error of amoCRM means: try again and when, or never.
 *
 * @param alarm told what calls wait for until a person mends it
 */
export const amocrmFailures =
  (alarm: (message: string) => void): ActivityInterceptorsFactory =>
  () => ({
    inbound: {
      async execute(input, next) {
        try {
          return await next(input);
        } catch (error) {
          if (!(error instanceof AmocrmError)) throw error;
          if (alarming.has(error.code)) alarm(error.message);
          throw ApplicationFailure.create({
            type: error.code,
            message: error.message,
            nonRetryable: error.isHopeless,
            ...(error.effectKey !== undefined && { details: [error.effectKey] }),
            ...(error.retryAfterMs !== undefined && { nextRetryDelay: error.retryAfterMs }),
            ...(benign.has(error.code) && { category: ApplicationFailureCategory.BENIGN }),
          });
        }
      },
    },
  });
