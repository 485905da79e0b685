import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { Registry } from 'prom-client';
import { AmocrmError } from '../../activities/amocrm/errors.ts';
import type { RequestLimiter } from '../../activities/amocrm/limiter.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';
import { createWorkerMetrics } from './metrics.ts';

const registry = new Registry();
const metrics = createWorkerMetrics(registry);
beforeEach(() => registry.resetMetrics());

/** As the worker runs it. */
async function run(activityType: string, input: unknown, work: () => Promise<unknown> = async () => undefined) {
  const { inbound } = metrics.activities({ info: { activityType } } as Parameters<ActivityInterceptorsFactory>[0]);
  return inbound?.execute?.({ args: [input], headers: {} }, work).catch(() => undefined);
}

/** Samples of a metric, without those of buckets. */
async function samples(name: string): Promise<[object, number][]> {
  const metric = (await registry.getMetricsAsJSON()).find((one) => one.name === name);
  const values = (metric?.values ?? []) as { labels: object; value: number; metricName?: string }[];
  return values
    .filter(({ metricName = name }) => !metricName.endsWith('_bucket') && !metricName.endsWith('_sum'))
    .map(({ labels, value }) => [labels, value]);
}

const entry = (changes: object, call: object = {}) => {
  const whole = journalEntry({ pbxId: 'main' });
  return { ...whole, call: { ...whole.call, ...call }, ...changes };
};
const registered = { state: 'registered', noteId: 1, entityType: 'contacts', entityId: 1 };

it('a call counts by what became of it, once it is known', async () => {
  await run('writeJournal', entry({ registration: { state: 'pending' } }));
  await run(
    'writeJournal',
    entry({ registration: registered, workflowId: 'call:main:1.1' }, { endedAtMs: Date.now() - 90_000 }),
  );
  await run('writeJournal', entry({ registration: registered, workflowId: 'call:main:1.1:again:1' }, { endedAtMs: 1 }));
  await run(
    'writeJournal',
    entry({ registration: { state: 'not-sent', reason: 'internal' } }, { direction: 'internal' }),
  );
  await run('writeJournal', entry({ registration: registered }), () => Promise.reject(new Error('MySQL is away')));
  const counted = await samples('ringflow_calls_total');
  expect(counted).toHaveLength(2);
  expect(counted).toContainEqual([expect.objectContaining({ pbx: 'main', state: 'registered' }), 2]);
  expect(counted).toContainEqual([expect.objectContaining({ direction: 'internal', state: 'not-sent' }), 1]);
  expect(await samples('ringflow_registration_delay_seconds')).toEqual([[{ pbx: 'main' }, 1]]); // not of what is done again
  expect(await registry.getSingleMetricAsString('ringflow_registration_delay_seconds')).toContain(
    'le="300",pbx="main"} 1',
  );
});

it('a card is late by the time since its row was read, whenever it arrives', async () => {
  await run('showCards', { accountId: 'acme', cards: [], readAtMs: Date.now() - 400 });
  await run('showCards', { accountId: 'acme', cards: [] }); // of an earlier version
  await run('showCards', { accountId: 'acme', cards: [], readAtMs: 1 }, () => Promise.reject(new Error('too late')));
  const text = await registry.getSingleMetricAsString('ringflow_card_delay_seconds');
  expect(text).toContain('{le="0.3",account="acme"} 0');
  expect(text).toContain('{le="2",account="acme"} 1');
  expect(text).toContain('ringflow_card_delay_seconds_count{account="acme"} 1');
});

it('clicks count by how they came out, not by their stations', async () => {
  const tell = (phase: string, reason?: string) =>
    run('tellClick', {
      accountId: 'acme',
      userId: 7,
      click: { requestId: 'r', number: '+79161234567', phase, reason },
    });
  await tell('employee-rings');
  await tell('ended', 'answered');
  await tell('failed', 'pbx-away');
  expect(await samples('ringflow_clicks_total')).toEqual([
    [{ account: 'acme', outcome: 'ended', reason: 'answered' }, 1],
    [{ account: 'acme', outcome: 'failed', reason: 'pbx-away' }, 1],
  ]);
});

it('failures count by what they are called; waiting for news is none', async () => {
  const fail = (activity: string, error: unknown) => run(activity, {}, () => Promise.reject(error));
  await fail('registerCall', ApplicationFailure.nonRetryable('+79161234567 may stand there', 'Uncertain'));
  await fail('registerCall', ApplicationFailure.nonRetryable('+79161234567 may stand there', 'Uncertain'));
  await fail('readCdr', Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
  await fail('lookForNews', ApplicationFailure.retryable('All is as it was', 'NothingNew'));
  expect(await samples('ringflow_activity_failures_total')).toEqual([
    [{ activity: 'registerCall', reason: 'Uncertain' }, 2],
    [{ activity: 'readCdr', reason: 'ECONNREFUSED' }, 1],
  ]);
  expect(await registry.metrics()).not.toContain('9161234567');
});

it('how long requests wait for their places, and which were not sent', async () => {
  const place = { grantedAtMs: 0, answered() {}, giveBack() {}, renew: async () => undefined };
  const refusal = new AmocrmError('RateLimited', 'There are more requests.', { hadNoEffect: true });
  const answers = [Promise.resolve(place), Promise.reject(refusal)];
  const asked: unknown[][] = [];
  const limiter: RequestLimiter = {
    place(...how) {
      asked.push(how);
      return answers.shift() ?? Promise.resolve(place);
    },
    pause: async (error) => error,
  };
  const timed = metrics.timed('acme', 'live', limiter);
  const how = [new AbortController().signal, () => [7]] as const;
  expect(await timed.place(...how)).toBe(place);
  expect(asked).toEqual([how]);
  await expect(timed.place()).rejects.toBe(refusal);
  expect(await samples('ringflow_amocrm_place_wait_seconds')).toEqual([[{ account: 'acme', lane: 'live' }, 1]]);
  expect(await samples('ringflow_amocrm_requests_put_off_total')).toEqual([
    [{ account: 'acme', lane: 'live', reason: 'RateLimited' }, 1],
  ]);
});

it('requests count by kind and status; what was not answered counts too', async () => {
  const sent = { method: 'POST', path: '/api/v4/calls', beganAtMs: 1, tookMs: 30 };
  metrics.exchanged('acme', 'live', { ...sent, status: 200 });
  metrics.exchanged('acme', 'live', { ...sent, status: undefined });
  const kind = { account: 'acme', lane: 'live', method: 'POST', path: '/api/v4/calls' };
  expect(await samples('ringflow_amocrm_requests_total')).toEqual([
    [{ ...kind, status: 200 }, 1],
    [{ ...kind, status: 'none' }, 1],
  ]);
});
