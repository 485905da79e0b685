import type { ActivityInterceptorsFactory, WorkerOptions } from '@temporalio/worker';
import {
  amocrmTaskQueue,
  backfillTaskQueue,
  callsTaskQueue,
  cardsTaskQueueOfBefore,
} from '../../workflows/call/contract.ts';
import { signsOfLife } from '../temporal/signs-of-life.ts';
import type { Activities } from './activities.ts';
import { fairSlots } from './fair-slots.ts';
import { tellWaits } from './tell-waits.ts';

/** Cards find a free one while hundreds of hooks and tables of PBXs are silent: whoever waits costs next to nothing. */
const callSlots = 1_000;
/** Enough that many requests wait together and are gathered; no more than get their turn before they give up, one by one. */
const amocrmSlots = 60;

type TaskQueue = Pick<WorkerOptions, 'activities' | 'interceptors'> & {
  taskQueue: string;
  maxConcurrentActivityTaskExecutions: number;
};

/** Who hears of each activity, from the outside in. */
export interface ActivityEars {
  /** Of all: measures and traces. */
  first: ActivityInterceptorsFactory[];
  tellDone: ActivityInterceptorsFactory;
  amocrmFailures: ActivityInterceptorsFactory;
  /** Of all: hides numbers in what failed. */
  last: ActivityInterceptorsFactory[];
}

/** What a worker serves, queue by queue; the first is that of the workflows. */
export function taskQueues({ calls, amocrm, backfill }: Activities, ears: ActivityEars): [TaskQueue, ...TaskQueue[]] {
  const { first, tellDone, amocrmFailures, last } = ears;
  const { showCards, showCardsAtOnce } = amocrm;
  const ofCalls = [
    only(['showCards', 'showCardsAtOnce'], tellDone),
    amocrmFailures,
    only(['showCards'], fairSlots(callSlots)),
  ];
  const ofAmocrm = () => [tellDone, amocrmFailures, tellWaits, fairSlots(amocrmSlots)];
  const queue = (
    taskQueue: string,
    activities: object,
    maxConcurrentActivityTaskExecutions: number,
    ofQueue: ActivityInterceptorsFactory[],
  ): TaskQueue => ({
    ...{ taskQueue, activities, maxConcurrentActivityTaskExecutions },
    interceptors: { activity: [...first, signsOfLife, ...ofQueue, ...last] },
  });
  return [
    queue(callsTaskQueue, { ...calls, showCards, showCardsAtOnce }, callSlots, ofCalls),
    queue(amocrmTaskQueue, amocrm, amocrmSlots, ofAmocrm()),
    queue(cardsTaskQueueOfBefore, amocrm, amocrmSlots, ofAmocrm()),
    queue(backfillTaskQueue, backfill, amocrmSlots, ofAmocrm()),
  ];
}

const only =
  (
    names: readonly (keyof Activities['amocrm'])[],
    interceptor: ActivityInterceptorsFactory,
  ): ActivityInterceptorsFactory =>
  (context) =>
    (names as readonly string[]).includes(context.info.activityType) ? interceptor(context) : {};
