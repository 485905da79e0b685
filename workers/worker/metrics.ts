import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { Lane } from '../../activities/amocrm/budget.ts';
import { areShownAtOnce, type CardsAtOnce } from '../../activities/amocrm/cards-at-once.ts';
import type { Exchange } from '../../activities/amocrm/exchange.ts';
import type { RequestLimiter } from '../../activities/amocrm/limiter.ts';
import type { ShowCardsRequest } from '../../activities/amocrm/show-cards.ts';
import type { UntoldClick } from '../../activities/store/clicks.ts';
import type { CallJournalEntry } from '../../proto/journal.ts';

export type WorkerMetrics = ReturnType<typeof createWorkerMetrics>;

/** What a worker tells Prometheus: what became of calls, what it asks of amoCRM, and what fails. */
export function createWorkerMetrics(registry: Registry) {
  const registers = [registry];
  const requests = new Counter({
    name: 'ringflow_amocrm_requests_total',
    help: 'Requests to amoCRM, by kind, lane and the status of the answer (none: there was no answer).',
    labelNames: ['account', 'lane', 'method', 'path', 'status'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'ringflow_amocrm_request_duration_seconds',
    help: 'How long amoCRM takes to answer.',
    labelNames: ['account', 'lane'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const waitSeconds = new Histogram({
    name: 'ringflow_amocrm_place_wait_seconds',
    help: 'How long a request has waited for its place among those that amoCRM takes.',
    labelNames: ['account', 'lane'],
    buckets: [0.005, 0.05, 0.2, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  const withoutPlace = new Counter({
    name: 'ringflow_amocrm_requests_put_off_total',
    help: 'Requests that were not sent for want of a place, or since nobody may send now; they are tried again.',
    labelNames: ['account', 'lane', 'reason'],
    registers,
  });
  const ofActivities = measureActivities(registry);

  return {
    ...ofActivities,

    exchanged(account: string, lane: Lane, { method, path, status, tookMs }: Exchange): void {
      requests.inc({ account, lane, method, path, status: status ?? 'none' });
      requestSeconds.observe({ account, lane }, tookMs / 1_000);
    },

    /** The same, measured. */
    timed(account: string, lane: Lane, limiter: RequestLimiter): RequestLimiter {
      return {
        async place(signal, waitsMs) {
          const end = waitSeconds.startTimer({ account, lane });
          try {
            const place = await limiter.place(signal, waitsMs);
            end();
            return place;
          } catch (error) {
            withoutPlace.inc({ account, lane, reason: reasonOf(error) });
            throw error;
          }
        },
        pause: (error) => limiter.pause(error),
      };
    },
  };
}

/** An idle account's look for news fails all the time: that is how it waits. */
const waiting = 'NothingNew';

function measureActivities(registry: Registry) {
  const registers = [registry];
  const failures = new Counter({
    name: 'ringflow_activity_failures_total',
    help: 'Attempts at activities that have failed, by what the error is called.',
    labelNames: ['activity', 'reason'],
    registers,
  });
  const calls = new Counter({
    name: 'ringflow_calls_total',
    help: 'Calls as they were written into the journal; one that waits for a person counts each time that it is tried.',
    labelNames: ['pbx', 'direction', 'result', 'state'],
    registers,
  });
  const cardSeconds = new Histogram({
    name: 'ringflow_card_delay_seconds',
    help: 'From the reading of the row by which a card is due until amoCRM, or our widget, has it.',
    labelNames: ['account'],
    buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 15],
    registers,
  });
  const registrationSeconds = new Histogram({
    name: 'ringflow_registration_delay_seconds',
    help: 'From the end of a call, by the clock of the PBX, until it is registered.',
    labelNames: ['pbx'],
    buckets: [1, 2, 5, 10, 30, 60, 300, 1_800, 7_200],
    registers,
  });
  const clicks = new Counter({
    name: 'ringflow_clicks_total',
    help: 'Clicks on numbers in amoCRM, by how they came out.',
    labelNames: ['account', 'outcome', 'reason'],
    registers,
  });

  const cardsShown = ({ accountId: account, readAtMs }: ShowCardsRequest) => {
    if (readAtMs !== undefined) cardSeconds.observe({ account }, Math.max(0, Date.now() - readAtMs) / 1_000);
  };
  const observers: Record<string, (input: never, result: never) => void> = {
    writeJournal({ call, registration, workflowId }: CallJournalEntry) {
      const { pbxId: pbx, direction, endedAtMs } = call;
      if (registration.state === 'pending') return; // soon it is told what became of it
      if (registration.state === 'observed' && registration.comparison) return; // it counted when it was over
      calls.inc({ pbx, direction: direction ?? 'unknown', result: call.result ?? 'none', state: registration.state });
      const isFirst = registration.state === 'registered' && !workflowId.includes(':again:');
      if (isFirst && endedAtMs !== null) {
        registrationSeconds.observe({ pbx }, Math.max(0, Date.now() - endedAtMs) / 1_000);
      }
    },
    showCards: cardsShown,
    showCardsAtOnce(request: ShowCardsRequest, cards: CardsAtOnce) {
      if (areShownAtOnce(cards)) cardsShown(request); // else showCards tells, or has told
    },
    tellClick({ accountId: account, click: { phase, reason = '' } }: UntoldClick) {
      if (phase === 'ended' || phase === 'failed') clicks.inc({ account, outcome: phase, reason });
    },
  };

  const activities: ActivityInterceptorsFactory = ({ info: { activityType: activity } }) => ({
    inbound: {
      async execute(input, next) {
        try {
          const result = await next(input);
          observers[activity]?.(input.args[0] as never, result as never);
          return result;
        } catch (error) {
          const reason = reasonOf(error);
          if (reason !== waiting) failures.inc({ activity, reason });
          throw error;
        }
      },
    },
  });
  return { activities };
}

/** What an error is called: by amoCRM's meaning, by our own name for it, by the system's code. */
function reasonOf(error: unknown): string {
  const { type, code, name = 'Error' } = error as { type?: string; code?: unknown; name?: string };
  return type ?? (typeof code === 'string' ? code : name);
}
