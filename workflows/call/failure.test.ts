import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { adviceOn } from './failure.ts';

const failed = (type: string, ...details: string[]) => {
  const cause = ApplicationFailure.nonRetryable('It is not certain.', type, ...details);
  return new ActivityFailure('failed', 'registerCall', '1', 'NON_RETRYABLE_FAILURE', undefined, cause);
};

describe('what a person may do about a failure', () => {
  it('of unknown fate names the signals that help', () => {
    expect(adviceOn(failed('Uncertain', 'main:1.1:call'))).toMatch(/`retry`.*"it-stands" or "send-again"/);
    expect(adviceOn(failed('Uncertain', 'contact:acme:9031234567'))).toMatch(
      /`retry`.*"send-again" if it is not there/,
    );
    expect(adviceOn(failed('Uncertain', 'contact:acme:9031234567'))).not.toContain('it-stands');
  });

  it('of another kind is told by amoCRM’s words alone', () => {
    expect(adviceOn(failed('Forbidden'))).toBe('');
  });
});
