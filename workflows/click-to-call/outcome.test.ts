import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { reasonOfEnd, reasonOfFailure } from './outcome.ts';

const failed = (cause: Error) => new ActivityFailure('failed', 'originate', '1', 'NON_RETRYABLE_FAILURE', 'w', cause);

it.each([
  ['nobody has the PBX', new TimeoutFailure('', null, 'SCHEDULE_TO_START'), 'pbx-away'],
  ['the connection went before it was sent', ApplicationFailure.nonRetryable('', 'PbxAway'), 'pbx-away'],
  ['whoever sent it has died', new TimeoutFailure('', null, 'START_TO_CLOSE'), 'uncertain'],
  ['no answer came', ApplicationFailure.nonRetryable('', 'OriginateUncertain'), 'uncertain'],
])('%s', (_, cause, reason) => {
  expect(reasonOfFailure(failed(cause))).toEqual({ reason });
});

it('tells in its own words what Asterisk refuses', () => {
  const cause = ApplicationFailure.nonRetryable('Extension does not exist.', 'OriginateRefused');
  expect(reasonOfFailure(failed(cause))).toEqual({ reason: 'pbx-refused', detail: 'Extension does not exist.' });
});

it.each([
  ['no-answer', 'cancelled', 'employee-no-answer'],
  ['busy', 'cancelled', 'employee-busy'],
  ['answered', 'busy', 'client-busy'],
  ['answered', 'no_answer', 'client-no-answer'],
  ['answered', 'failed', 'client-unreachable'],
  ['answered', 'cancelled', 'cancelled'],
  ['answered', 'answered', 'answered'],
] as const)('employee %s, call %s: %s', (employee, result, reason) => {
  expect(reasonOfEnd({ phase: 'ended', employee, result })).toBe(reason);
});
