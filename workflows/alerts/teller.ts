import { condition, proxyActivities, proxyLocalActivities, sleep, uuid4 } from '@temporalio/workflow';
import type { AlertActivities } from '../../activities/alerts/index.ts';
import type { AmocrmActivities } from '../../activities/amocrm/index.ts';
import type { AlertFailure } from '../../proto/alerts/failure.ts';
import type { AlertMessage, WordedAlert } from '../../proto/alerts/message.ts';
import type { AlertDestination } from '../../proto/alerts/settings.ts';
import { amocrmTaskQueue, callsTaskQueue } from '../call/contract.ts';
import { reasonOf, typeOf } from '../call/failure.ts';
import { inTurn } from '../promises.ts';

/** Tried once each: every failure is noted for people before the next attempt. */
const once = { heartbeatTimeout: '8s', retry: { maximumAttempts: 1 } } as const;
const { sendAlert } = proxyActivities<Pick<AlertActivities, 'sendAlert'>>({
  ...{ taskQueue: callsTaskQueue, startToCloseTimeout: '15s' },
  ...once,
});
const { createAlertTask } = proxyActivities<Pick<AmocrmActivities, 'createAlertTask'>>({
  ...{ taskQueue: amocrmTaskQueue, startToCloseTimeout: '30s' },
  ...once,
});
const { noteDelivery } = inTurn(
  proxyLocalActivities<Pick<AlertActivities, 'noteDelivery'>>({
    startToCloseTimeout: '5s',
    scheduleToCloseTimeout: '10s',
    retry: { maximumAttempts: 2 },
  }),
);

/** Before each attempt; what has not got there by then is given up. */
const pausesMs = [0, 5_000, 30_000, 120_000, 600_000];
const taskDueSeconds = 3_600;

/** Sends messages to where they go, to each one after another; none waits for another. */
export class Teller {
  readonly #accountId: string;
  /** By id of the destination, what is sent last. */
  readonly #lines = new Map<string, Promise<void>>();
  #underWay = 0;

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  tell(destinations: readonly AlertDestination[], worded: WordedAlert, message: AlertMessage): void {
    for (const destination of destinations) {
      const attempt = this.#attempts(destination, worded, message);
      this.#underWay++;
      const before = this.#lines.get(destination.id) ?? Promise.resolve();
      const sent = before.then(() => this.#insist(destination, attempt)).finally(() => this.#underWay--);
      this.#lines.set(destination.id, sent);
    }
  }

  async test(destination: AlertDestination, worded: WordedAlert): Promise<AlertFailure | null> {
    const failure = await this.#attempts(destination, worded, null)();
    await this.#note(destination, failure);
    return failure;
  }

  /** Until everything has got there or was given up. */
  async done(): Promise<void> {
    await condition(() => this.#underWay === 0);
  }

  /** Any number of attempts sends one message. */
  #attempts(destination: AlertDestination, worded: WordedAlert, message: AlertMessage | null) {
    const accountId = this.#accountId;
    const key = `alert:${accountId}:${destination.id}:${uuid4()}`;
    const dueAtSeconds = Math.floor(Date.now() / 1000) + taskDueSeconds;
    return async (): Promise<AlertFailure | null> => {
      try {
        if (destination.kind !== 'amocrm-task')
          return await sendAlert({ accountId, key, destination, worded, message });
        await createAlertTask({ accountId, key, userId: destination.userId, text: worded.text, dueAtSeconds });
        return null;
      } catch (error) {
        const isOfAmocrm = destination.kind === 'amocrm-task' && typeOf(error) !== undefined;
        return isOfAmocrm
          ? { code: 'amocrm', values: { reason: reasonOf(error) } }
          : { code: 'interrupted', values: {} };
      }
    };
  }

  async #insist(destination: AlertDestination, attempt: () => Promise<AlertFailure | null>): Promise<void> {
    for (const pauseMs of pausesMs) {
      if (pauseMs > 0) await sleep(pauseMs);
      const failure = await attempt();
      await this.#note(destination, failure);
      if (!failure) return;
    }
  }

  /** That it can't be noted holds up nothing: perhaps that very database is what is told of. */
  async #note({ id }: AlertDestination, failure: AlertFailure | null): Promise<void> {
    await noteDelivery(this.#accountId, id, failure).catch(() => undefined);
  }
}
