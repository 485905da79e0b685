import { ApplicationFailure } from '@temporalio/common';
import { AmocrmError } from '../../activities/amocrm/errors.ts';
import { maskedFailures } from './masked-failures.ts';

const args = [{ accountId: 'acme.amocrm.ru', contacts: [{ phone: '79161234567' }] }];

it('masks in a failure, and in what has caused it, the phone that the activity was about', async () => {
  const { inbound } = maskedFailures({} as never);
  const cause = new Error('Duplicate entry 79161234567');
  const failure = new AmocrmError('ValidationFailed', 'amoCRM does not take +7 916 123-45-67 of lead 1234567890', {
    hadNoEffect: true,
  });
  failure.cause = cause;
  const run = inbound?.execute?.({ args, headers: {} }, () => Promise.reject(failure));
  await expect(run).rejects.toBe(failure);
  expect(failure.message).toBe('amoCRM does not take +7 916 •••-••-67 of lead 1234567890');
  expect(cause.message).toBe('Duplicate entry +7 916 •••-••-67');
  expect(`${failure.stack}${cause.stack}`).not.toMatch(/123-45-67|1234567\b/);
});

it('masks it in what a failure carries beside its words too, and nothing else there', async () => {
  const { inbound } = maskedFailures({} as never);
  const details = [{ of: ['+7 (916) 123-45-67'], raw: 79161234567, leadId: 1234567890 }, null, 'x'];
  const failure = ApplicationFailure.create({ message: 'refused', details });
  const run = inbound?.execute?.({ args, headers: {} }, () => Promise.reject(failure));
  await expect(run).rejects.toBe(failure);
  const shown = '+7 916 •••-••-67';
  expect(failure.details).toEqual([{ of: [shown], raw: shown, leadId: 1234567890 }, null, 'x']);
});
