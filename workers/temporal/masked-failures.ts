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
    if ('details' in cause) cause.details = masked(cause.details, phones);
  }
}

/** A copy with the phones masked in all of its texts and numbers. */
function masked(value: unknown, phones: readonly string[]): unknown {
  if (typeof value === 'string') return maskPhonesIn(value, phones);
  if (typeof value === 'number') {
    const [text, shown] = [String(value), maskPhonesIn(String(value), phones)];
    return text === shown ? value : shown;
  }
  if (Array.isArray(value)) return value.map((inner) => masked(inner, phones));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [maskPhonesIn(name, phones), masked(inner, phones)]),
  );
}
