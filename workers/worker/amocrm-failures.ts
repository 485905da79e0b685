import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { AmocrmError } from '../../activities/amocrm/errors.ts';

/** Trouble that belongs to a normal day and needs no alarm. */
const usual = new Set(['RateLimited', 'RequestUnderWay']);

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
          // what all calls wait for was just said: not by each of them at each attempt
          const isSaid = usual.has(error.code) || (alarming.has(error.code) && !error.isHopeless);
          throw ApplicationFailure.create({
            type: error.code,
            message: error.message,
            nonRetryable: error.isHopeless,
            ...(error.effectKey !== undefined && { details: [error.effectKey] }),
            ...(error.retryAfterMs !== undefined && { nextRetryDelay: error.retryAfterMs }),
            ...(isSaid && { category: ApplicationFailureCategory.BENIGN }),
          });
        }
      },
    },
  });
