import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { ActorActivities } from '../../activities/actors/index.ts';
import type { AmocrmActivities } from '../../activities/amocrm/index.ts';
import type { TaskQuestions } from '../../activities/amocrm/tasks.ts';
import type { AsteriskActivities } from '../../activities/asterisk/index.ts';
import type { HookActivities } from '../../activities/hooks/index.ts';
import type { ClickActivities } from '../../activities/store/click-activities.ts';
import type { StoreActivities } from '../../activities/store/index.ts';
import type { BackfillMode } from '../../proto/backfill.ts';
import { holds, inTurn } from '../promises.ts';
import { amocrmTaskQueue, backfillTaskQueue, callsTaskQueue } from './contract.ts';

/** The call's side effects, grouped by what a repetition would do. */

/** A process that is silent for so long has died: whatever it was doing is done again. */
const heartbeatTimeout = '8s';

/** Our own quick reads and idempotent writes: retried without end, inside the workflow task. */
export const local = inTurn(
  proxyLocalActivities<StoreActivities & ActorActivities & Pick<ClickActivities, 'clickOf'> & TaskQuestions>({
    startToCloseTimeout: '5s',
    retry: { initialInterval: '200ms', maximumInterval: '30s' },
  }),
);

/** Tried once within the workflow task: what has to be waited for is to be seen in the Temporal UI, as an activity. */
export const promptly = inTurn(
  proxyLocalActivities<Pick<StoreActivities, 'readSettings'> & Pick<AsteriskActivities, 'readCallEnd'>>({
    startToCloseTimeout: '5s',
    retry: { maximumAttempts: 1 },
  }),
);

/** Cards for which amoCRM has a place right now, within the workflow task: it never takes longer than a task may. */
export const atOnce = inTurn(
  proxyLocalActivities<Pick<AmocrmActivities, 'showCardsAtOnce'>>({
    startToCloseTimeout: '6s',
    retry: { maximumAttempts: 1 },
  }),
);

/** Without settings a call can't begin: it waits, and its pending activity says for what. */
export const patiently = proxyActivities<Pick<StoreActivities, 'readSettings'>>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '60s',
  heartbeatTimeout,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' },
});

/** Reads of the PBX's tables: an outage is waited out for minutes, then the call is told by what is known. */
export const reads = proxyActivities<AsteriskActivities>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '30s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** The same while the call goes on: rows and cards must not wait for long; what fails is done again at the end. */
export const glances = proxyActivities<AsteriskActivities>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '5s',
  scheduleToCloseTimeout: '8s',
  retry: { initialInterval: '500ms' },
});

/** Writes that are guarded by the ledger: any number of attempts has one effect. */
const guarded = {
  startToCloseTimeout: '3m', // several requests, each of which may wait for its place
  heartbeatTimeout,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' },
} as const;
export const guardedWrites = proxyActivities<AmocrmActivities>({ taskQueue: amocrmTaskQueue, ...guarded });
/** The same for calls of the past. */
export const unhurriedWrites = proxyActivities<AmocrmActivities>({ taskQueue: backfillTaskQueue, ...guarded });

/** What is only asked of amoCRM, about a call that nothing is written of: it need not wait for an answer for ever. */
export const observing = proxyActivities<Pick<AmocrmActivities, 'askForClient' | 'findOthersCall'>>({
  taskQueue: amocrmTaskQueue,
  startToCloseTimeout: '60s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '5m',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '60s' },
});

/**
 * Cards that could not be shown at once. They are news for seconds: what can't be shown by then is dropped. On the queue of
 * the calls themselves, whose worker gets it in Temporal's answer to what the call has decided (an eager activity): nobody has
 * to ask for it. If that worker dies just then, its silence tells, since it lies in no queue.
 */
export const perishable = proxyActivities<Pick<AmocrmActivities, 'showCards'>>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '20s', // another try may have to be waited for
  heartbeatTimeout: '6s',
  scheduleToCloseTimeout: '30s',
  retry: { initialInterval: '300ms', maximumInterval: '5s' },
});

/** Somebody else's word on what is decided: asked twice, then the settings say what to do without it. */
export const decisionHooks = proxyActivities<Pick<HookActivities, 'askDecision'>>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', maximumAttempts: 2 },
});

/** Somebody else's programs: a hook that stays silent is told, and no call waits for it longer than docs/settings.md says. */
export const hooks = proxyActivities<Pick<HookActivities, 'callHook'>>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '60s' },
});

/**
 * Whether what a call looks up at its end is looked up within the workflow task; only what has to be waited for becomes an
 * activity then. Rows of the past take long to be found.
 */
export const looksAtOnce = (backfill: BackfillMode | undefined): boolean => !backfill && holds('end-at-a-glance');
