import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { maskPhonesIn } from '../../proto/phone.ts';

/** Of a phone as our activities are given it; ids of calls have a point in them. */
const phone = /^\+?\d{7,15}$/;
const deepest = 8;

/**
 * Masks in failures the phones that the activity was about: others' words (an answer of amoCRM, of AMI, of a database)
 * may quote them, and everybody who may look into Temporal reads failures. Comes last in the list, so that the other
 * interceptors see what people will see.
 */
export const maskedFailures: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        const phones = phonesIn(input.args);
        if (phones.length > 0) maskError(error, phones);
        throw error;
      }
    },
  },
});

function phonesIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return phone.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  return Object.values(value).flatMap((inner) => phonesIn(inner, depth + 1));
}

function maskError(error: unknown, phones: readonly string[]): void {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    cause.message = maskPhonesIn(cause.message, phones);
    cause.stack = maskPhonesIn(cause.stack ?? '', phones);
  }
}
