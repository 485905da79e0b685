import { AmocrmError } from '../../activities/amocrm/errors.ts';
import { maskedFailures } from './masked-failures.ts';

it('masks in a failure, and in what has caused it, the phone that the activity was about', async () => {
  const { inbound } = maskedFailures({} as never);
  const cause = new Error('Duplicate entry 79161234567');
  const failure = new AmocrmError('ValidationFailed', 'amoCRM does not take +7 916 123-45-67 of lead 1234567890', {
    hadNoEffect: true,
  });
  failure.cause = cause;
  const args = [{ accountId: 'acme.amocrm.ru', contacts: [{ phone: '79161234567' }] }];
  const run = inbound?.execute?.({ args, headers: {} }, () => Promise.reject(failure));
  await expect(run).rejects.toBe(failure);
  expect(failure.message).toBe('amoCRM does not take +7 916 •••-••-67 of lead 1234567890');
  expect(cause.message).toBe('Duplicate entry +7 916 •••-••-67');
  expect(`${failure.stack}${cause.stack}`).not.toMatch(/123-45-67|1234567\b/);
});
